"""What a graph's shape tells: who is central, who belongs together, who is connected how.

Every answer stands on the same ground. A *fact* (`kg.view.measures.facts`) is who did what to whom
on which day, with all words that say so. Unless asked otherwise only facts that are stated as
actual count, and none that merely say who somebody is: offices, citizenship, seats (families
"role" and "place") would make a country the hub of everybody in its service. A *tie*
(`kg.view.measures.ties`) joins two entities, whatever the direction and number of facts between
them; its weight is the number of right facts that one can expect there.

Answers are tables (`kg.view.measures.found.Found`) in which each row has a name, an IRI, and the
words and the document it rests on; the page draws them. The same facts give the same answer: what
is drawn by lot has a fixed seed, and what is equal stands in the order of IRIs.
"""
