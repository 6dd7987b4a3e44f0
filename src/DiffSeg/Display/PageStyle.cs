namespace DiffSeg.Display;

/// <summary>The looks of a page.</summary>
internal static class PageStyle
{
    public const string Element =
        """
        <style>
        :root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--soft:#f4f5f7;--line:#d8dce1}
        @media (prefers-color-scheme:dark){:root{--ground:#14171b;--text:#dfe3e8;--soft:#1d2126;--line:#353b43}}
        body{margin:0 auto;padding:2.2rem 1.4rem 4rem;max-width:62rem;background:var(--ground);color:var(--text);font:16px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
        h1{font-size:1.8rem;line-height:1.25;margin:0 0 1rem;text-wrap:balance}
        h2{font-size:1.25rem;line-height:1.3;margin:2.4rem 0 .6rem;padding-top:1.2rem;border-top:1px solid var(--line)}
        p{max-width:44rem;margin:.7rem 0}
        code{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);border-radius:4px;padding:.12em .32em}
        pre{background:var(--soft);border-radius:6px;padding:.8rem 1rem;overflow-x:auto}
        pre code{background:none;padding:0}
        body>figure{margin:1.2rem 0 1.6rem}
        body>figure>figcaption{font-size:.9rem;opacity:.8;max-width:44rem}
        </style>
        """;
}
