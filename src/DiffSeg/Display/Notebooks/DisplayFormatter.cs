namespace DiffSeg.Display.Notebooks;

/// <summary>Writes a display in one MIME type; called by reflection.</summary>
internal sealed class DisplayFormatter(string mimeType, Func<IDisplay, string> text)
{
    public const string Html = "text/html";
    public const string Png = "image/png";

    /// <summary>What is written.</summary>
    public string MimeType => mimeType;

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value of a cell.</param>
    /// <param name="writer">Where to.</param>
    /// <returns>Whether it was written.</returns>
    public bool Format(object value, TextWriter writer)
    {
        if (value is not IDisplay display)
        {
            return false;
        }

        writer.Write(text(display));
        return true;
    }
}
