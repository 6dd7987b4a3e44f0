using DiffSeg.Display;
using DiffSeg.Display.Notebooks;

namespace DiffSeg.Evaluation;

[TypeFormatterSource]
public sealed partial class EvaluationScores : IDisplay
{
    private const int MostClasses = 30;

    /// <summary>The figures as a table.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => Table().ToPng();

    /// <summary>The figures as a table.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Table().ToHtml();

    /// <summary>The figures as lines of text.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => ScoresText.Of(this);

    private DisplayTable Table()
    {
        string title = Classes is null ? ScoresText.Images(this) : $"{ScoresText.Images(this)}, {ScoresText.Matching(this)}";
        var classes = ScoresText.Classes(this).ToList();
        var rows = ScoresText.Figures(this).Concat(classes.Take(MostClasses)).Select(row => (string[])[row.Name, row.Value, row.Error]).ToList();
        if (classes.Count > MostClasses)
        {
            rows.Add([$"and {HtmlText.Count(classes.Count - MostClasses, "more class", "more classes")}", "", ""]);
        }

        return new DisplayTable(title, ["measure", "value", "standard error"], rows);
    }
}
