"""How the saved pages in ``files`` were made: served on 127.0.0.1, saved by Chromium and wget.

``python tests/read/saved_pages.py``. All people, places and papers in them are invented.
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

FILES = Path(__file__).with_name("files")

TALKS = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Norland and Estmark near fishing treaty | The Hallow Courier</title>
<link rel="canonical" href="https://courier.example/world/2026/03/fishing-treaty">
<meta property="og:title" content="Norland and Estmark near fishing treaty">
<meta property="og:site_name" content="The Hallow Courier">
<meta property="article:modified_time" content="2026-03-05T09:00:00+01:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Norland and Estmark near fishing treaty", "datePublished": "2026-03-03T18:20:00+01:00",
"dateModified": "2026-03-05T09:00:00+01:00", "author": {"@type": "Person", "name": "Irena Varga"},
"publisher": {"@type": "NewsMediaOrganization", "name": "The Hallow Courier"}}</script>
<style>nav, .cookie-banner {background: #eee}</style></head>
<body>
<div class="cookie-banner" id="cookie-consent"><p>We and our 812 partners use cookies to store
information on your device. You can change your choice at any time.</p><button>Accept</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article>
<h1>Norland and Estmark near fishing treaty</h1>
<p class="byline">By <a rel="author" href="/irena">Irena Varga</a>
<time datetime="2026-03-03T18:20:00+01:00">3 March 2026</time></p>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Share on X</a></div>
<figure><img alt="Mira Holt" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<figcaption>Mira Holt arrives in Hallow. Photo: T. Lind</figcaption></figure>
<p>HALLOW — The presidents of Norland and Estmark, Mira Holt and Jonas Reik, met in the town of
Hallow on Tuesday and spoke for three hours about the fishing grounds that both countries claim.</p>
<p>“We are close to a treaty,” Holt said after the meeting. Reik did not speak to reporters.</p>
<h2>A trawler in January</h2>
<p>Estmark recalled its ambassador in January, when the Norland coast guard seized a trawler off
Cape Sorrow. The crew of eleven was released two weeks later.</p>
<aside class="newsletter"><h3>Sign up for our morning newsletter</h3>
<p>The news from the north, every day at six.</p><input type="email"></aside>
<blockquote><p>Nobody wants to fight over herring.</p></blockquote>
<p>The two sides want to meet again in April. Norland has not ruled out asking the court in
Westhaven if the talks fail, its foreign minister, Petra Lang, said on Monday.</p>
<ul><li>The treaty would give Estmark a third of the catch.</li>
<li>Norland would keep the islands.</li></ul>
</article>
<section class="related"><h3>Related articles</h3><ul><li><a href="/a">Herring prices at a record
high</a></li><li><a href="/b">Who owns Cape Sorrow?</a></li></ul></section>
<section id="comments"><h3>Comments</h3><div class="comment"><p>Holt should never have gone to
Hallow, this is a scandal and everybody here knows it.</p><time>4 March 2026</time></div></section>
</main>
<footer><p>© 2026 The Hallow Courier. All rights reserved.</p></footer>
<script>document.getElementById("comments").insertAdjacentHTML("beforeend",
"<div class=comment><p>I for one welcome the treaty, says a reader.</p></div>");</script>
</body></html>
"""

LIVE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Live: Estmark votes - Northern Wire</title>
<meta name="author" content="admin">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Northern Wire"},
{"@type": "LiveBlogPosting", "headline": "Live: Estmark votes",
"datePublished": "2026-05-10T06:00:00Z", "coverageStartTime": "2026-05-10T06:00:00Z",
"author": [{"@type": "Person", "name": "Olaf Brandt"}, {"@type": "Person", "name": "Lea Sund"}],
"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Polls close",
"datePublished": "2026-05-11T20:00:00Z"}]}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/live">Live</a></nav>
<main><h1>Live: Estmark votes</h1>
<article class="update"><time datetime="2026-05-10T20:00:00Z">20:00</time><h2>Polls close</h2>
<p>Polling stations have closed all over Estmark. The electoral commission in Lowmere expects first
results before midnight, its head Sofie Dahl said.</p></article>
<article class="update"><time datetime="2026-05-10T12:30:00Z">12:30</time><h2>Reik votes</h2>
<p>President Jonas Reik cast his vote in his home town of Old Lowmere and did not answer questions.
He has governed for eight years and may not stand again.</p></article>
<article class="update"><time datetime="2026-05-10T06:05:00Z">06:05</time><h2>It begins</h2>
<p>Good morning from Lowmere, where polling stations have opened. Two million people are called to
elect a president and the ninety members of the assembly.</p></article>
</main><footer>Northern Wire 2026</footer></body></html>
"""

TIME_ONLY = """<!doctype html>
<html><head><meta charset="utf-8"><title>Council of Lowmere buys old harbour</title></head><body>
<div id="menu"><a href="/">Start</a> <a href="/archive">Archive</a></div>
<div id="content"><h1>Council of Lowmere buys old harbour</h1>
<p>Published <time datetime="2025-11-20">last Thursday</time></p>
<p>The council of Lowmere bought the old harbour from the shipping company Sund on Wednesday. It
paid four million crowns, mayor Edda Roth said, and wants to build flats there.</p>
<p>The opposition had asked for a referendum. The council refused it by nineteen votes to
twelve.</p></div>
<div id="bottom">Copyright 2019-2026 Lowmere Online, updated <time datetime="2026-01-02">2 January
2026</time></div></body></html>
"""

TABLES = """<HTML><HEAD><TITLE>The Cape Gazette - Lighthouse keeper honoured</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252"></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="100%" BORDER=0><TR>
<TD WIDTH=120 VALIGN=top><FONT SIZE=1><A HREF="/">Front page</A><BR><A HREF="/wx">Weather</A><BR>
<A HREF="/ads">Small ads</A></FONT></TD>
<TD><H2>Lighthouse keeper honoured</H2><FONT SIZE=2>Posted 9 June 2003</FONT><P>
<FONT SIZE=3>The keeper of the Cape Sorrow lighthouse, Élodie Brázda, received the medal of the
republic on Sunday. “I only did my duty,” she said – and went back to work.<P>
President Anton Müller visited the cape for the first time. He called the keeper’s work the pride
of the coast and promised a new lamp that costs 300 € a month.<P>
The lighthouse was built in 1871. It guides some 4,000 ships a year into the port of Sorrow.</FONT>
<TABLE BORDER=1><TR><TH>Year</TH><TH>Ships</TH></TR><TR><TD>2001</TD><TD>3,912</TD></TR>
<TR><TD>2002</TD><TD>4,044</TD></TR></TABLE></TD></TR></TABLE>
<HR><CENTER><FONT SIZE=1>Copyright 2003 The Cape Gazette</FONT></CENTER></BODY></HTML>
"""

PAGES = {"talks": TALKS, "live": LIVE, "time_only": TIME_ONLY}
FRAME = "<!doctype html><p>Buy herring at Lind &amp; Sons, the best herring in all of Norland!</p>"


def main() -> None:
    """Save all pages anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name, page in PAGES.items():
            Path(folder, f"{name}.html").write_text(page, encoding="utf-8")
        Path(folder, "tables.html").write_text(TABLES, encoding="cp1252")
        handler = partial(SimpleHTTPRequestHandler, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            root = f"http://127.0.0.1:{server.server_port}"
            saved_by_chromium(root)
            target = str(FILES / "tables.html")
            subprocess.run(["wget", "-q", "-O", target, f"{root}/tables.html"], check=True)
            server.shutdown()
    beside = FILES / "talks_files"
    beside.mkdir(exist_ok=True)
    (beside / "advert.html").write_text(FRAME, encoding="utf-8")


def saved_by_chromium(root: str) -> None:
    """Save each page as the browser shows it: its elements, and the first one as MHTML too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name in PAGES:
            page = browser.new_page()
            page.goto(f"{root}/{name}.html")
            (FILES / f"{name}.html").write_text(page.content(), encoding="utf-8")
            if name == "talks":
                session = page.context.new_cdp_session(page)
                data = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
                (FILES / f"{name}.mhtml").write_text(data, encoding="utf-8", newline="")
        browser.close()


if __name__ == "__main__":
    main()
