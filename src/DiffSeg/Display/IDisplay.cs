namespace DiffSeg.Display;

/// <summary>Something to look at: a notebook shows it as the value of a cell, a page or a file takes it as it is.</summary>
public interface IDisplay
{
    /// <summary>The picture alone, for a file.</summary>
    /// <returns>A PNG file.</returns>
    byte[] ToPng();

    /// <summary>The picture with what belongs to it, such as captions and figures, for a notebook or a page.</summary>
    /// <returns>
    /// A fragment of HTML, self-contained: pictures are inlined, text from outside is encoded, nothing is loaded, no script.
    /// </returns>
    string ToHtml();
}
