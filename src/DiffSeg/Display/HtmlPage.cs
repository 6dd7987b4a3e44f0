using System.Text;

namespace DiffSeg.Display;

/// <summary>
/// A page of text and pictures in one file: nothing is loaded from elsewhere, no script runs, and it is readable on light
/// and on dark. Texts are encoded, whatever stands in them.
/// </summary>
public sealed class HtmlPage
{
    private const string EndOfCode = "</code></pre>\n";

    private readonly string _title;
    private readonly StringBuilder _body = new();

    /// <summary>An empty page.</summary>
    /// <param name="title">Title of the page, and its first heading.</param>
    /// <exception cref="ArgumentException">The title is null or white space.</exception>
    public HtmlPage(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        _title = title;
    }

    /// <summary>Adds a heading of a section.</summary>
    /// <param name="text">Its text.</param>
    /// <returns>This page.</returns>
    public HtmlPage Heading(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _body.Append("<h2>").Append(HtmlText.Encode(text)).Append("</h2>\n");
        return this;
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Its text; what stands between two backticks is set as code.</param>
    /// <returns>This page.</returns>
    public HtmlPage Paragraph(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('`');
        _body.Append("<p>");
        for (int i = 0; i < parts.Length; i++)
        {
            // A last backtick without a second is a backtick.
            bool isCode = i % 2 == 1 && i < parts.Length - 1;
            string encoded = HtmlText.Encode(parts[i]);
            _body.Append(isCode ? $"<code>{encoded}</code>" : i % 2 == 1 ? "`" + encoded : encoded);
        }

        _body.Append("</p>\n");
        return this;
    }

    /// <summary>Adds lines of code or of a program's output; they stand in one block with those just before them.</summary>
    /// <param name="text">The lines; white space stays as it is.</param>
    /// <returns>This page.</returns>
    public HtmlPage Code(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool goesOn = _body.Length >= EndOfCode.Length
            && _body.ToString(_body.Length - EndOfCode.Length, EndOfCode.Length) == EndOfCode;
        _body.Length -= goesOn ? EndOfCode.Length : 0;
        _body.Append(goesOn ? "\n" : "<pre><code>").Append(HtmlText.Encode(text)).Append(EndOfCode);
        return this;
    }

    /// <summary>Adds something to look at.</summary>
    /// <param name="display">What.</param>
    /// <param name="caption">A line beneath it; null for none.</param>
    /// <returns>This page.</returns>
    public HtmlPage Add(IDisplay display, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(display);
        _body.Append("<figure>").Append(FragmentStyle.Without(display.ToHtml()));
        if (caption is not null)
        {
            _body.Append("<figcaption>").Append(HtmlText.Encode(caption)).Append("</figcaption>");
        }

        _body.Append("</figure>\n");
        return this;
    }

    /// <summary>The whole page.</summary>
    /// <returns>HTML.</returns>
    public override string ToString()
    {
        string title = HtmlText.Encode(_title);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            {PageStyle.Element}
            {FragmentStyle.Element}
            </head>
            <body>
            <h1>{title}</h1>
            {_body}</body>
            </html>

            """;
    }

    /// <summary>Writes the page to a file, which appears whole or not at all.</summary>
    /// <param name="path">The file; replaced where it is there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written, or is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        if (Directory.Exists(full))
        {
            throw new IOException($"'{path}' is a folder; the page needs the name of a file.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The page cannot be saved as '{path}': there is no folder '{folder}'. Make it first.");
        }

        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            File.WriteAllText(temporary, ToString());
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
