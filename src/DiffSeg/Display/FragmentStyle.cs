namespace DiffSeg.Display;

/// <summary>The looks of what displays write: each fragment brings them along, a page has them once.</summary>
internal static class FragmentStyle
{
    /// <summary>The style element. Colours follow the text's, so that a fragment is readable on light and on dark.</summary>
    public const string Element =
        """
        <style>
        .diffseg{font:14px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif;color:inherit;margin:.6em 0}
        .diffseg .ds-row{display:flex;flex-wrap:wrap;gap:1.2em;align-items:flex-start}
        .diffseg .ds-stage{position:relative;width:fit-content;line-height:0;max-width:100%;border-radius:4px;overflow:hidden}
        .diffseg img{max-width:100%;height:auto;display:block;border-radius:4px}
        .diffseg img.ds-pixels{image-rendering:pixelated}
        .diffseg .ds-over{position:absolute;left:0;top:0;width:100%;height:100%;max-width:none;transition:opacity .2s}
        .diffseg .ds-stage:hover .ds-fades{opacity:0}
        .diffseg .ds-label{font:600 16px system-ui,sans-serif;text-anchor:middle;dominant-baseline:central;fill:#fff;stroke:#101418;stroke-opacity:.8;stroke-linejoin:round;paint-order:stroke}
        .diffseg table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0;border:0;width:auto}
        .diffseg caption{text-align:left;font-weight:600;padding:0 0 .3em}
        .diffseg th,.diffseg td{padding:.18em .8em .18em 0;border:0;border-bottom:1px solid rgba(128,128,128,.3);text-align:left;font-weight:400;background:none;color:inherit;white-space:nowrap}
        .diffseg thead th{font-size:12px;opacity:.75}
        .diffseg .ds-number{text-align:right}
        .diffseg .ds-wrap{white-space:normal;overflow-wrap:anywhere}
        .diffseg .ds-chip{display:inline-block;width:.85em;height:.85em;border-radius:3px;margin-right:.5em;vertical-align:-.08em;box-shadow:0 0 0 1px rgba(128,128,128,.5)}
        .diffseg .ds-note{font-size:12px;opacity:.75;margin:.35em 0 0}
        .diffseg figure{margin:0;max-width:100%}
        .diffseg figcaption{font-size:12px;opacity:.85;margin:.35em 0 0;overflow-wrap:anywhere}
        .diffseg .ds-strip{display:flex;flex-wrap:wrap;gap:.9em;align-items:flex-start}
        </style>
        """;

    /// <summary>A fragment of its own.</summary>
    /// <param name="content">HTML.</param>
    public static string Fragment(string content) => $"{Element}\n<div class=\"diffseg\">{content}</div>";

    /// <summary>A fragment for a page that has the looks already.</summary>
    /// <param name="fragment">A display's HTML.</param>
    public static string Without(string fragment) => fragment.Replace(Element, "", StringComparison.Ordinal);
}
