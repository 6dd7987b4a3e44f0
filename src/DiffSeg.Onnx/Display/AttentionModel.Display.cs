using System.Globalization;
using DiffSeg.Display;
using DiffSeg.Display.Notebooks;

namespace DiffSeg.Onnx;

[TypeFormatterSource]
public sealed partial class AttentionModel : IDisplay
{
    /// <summary>What the model says about itself, as a table.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => Card().ToPng();

    /// <summary>What the model says about itself, as a table.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Card().ToHtml();

    private DisplayTable Card() => new(
        System.IO.Path.GetFileName(Path),
        ["", ""],
        Facts().Where(fact => fact.Value.Length > 0).Select(fact => (string[])[fact.Name, fact.Value]));

    private IEnumerable<(string Name, string Value)> Facts()
    {
        yield return ("attention", Outputs.Count == 1 ? $"{Form}, 1 output" : $"{Form}, {Outputs.Count} outputs");
        yield return ("tokens", string.Join(", ", Outputs.Select(output => $"{output.Shape.Height} x {output.Shape.Width}").Distinct()));
        yield return ("picture", string.Create(CultureInfo.InvariantCulture, $"{ImageWidth} x {ImageHeight} pixels"));
        yield return ("pictures a run", BatchSize?.ToString(CultureInfo.InvariantCulture) ?? "any number");
        yield return ("KL threshold", RecommendedKlThreshold.ToString("0.###", CultureInfo.InvariantCulture));
        yield return ("source", Source ?? "");
        yield return ("time step", TimeStep?.ToString(CultureInfo.InvariantCulture) ?? "");
        yield return ("weights", WeightPrecision ?? "");
        yield return ("licence", License ?? "not stated");
        yield return ("built by", BuilderVersion ?? "");
        yield return ("size", Size());
    }

    // Of all files; a model that was moved away since it was read can still be looked at.
    private string Size()
    {
        try
        {
            long bytes = FindDataFiles().Append(Path).Sum(file => new FileInfo(file).Length);
            return bytes < 1 << 20
                ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
                : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.#} MiB");
        }
        catch (Exception problem) when (problem is AttentionModelException or IOException or UnauthorizedAccessException)
        {
            return "the file is not there any more";
        }
    }
}
