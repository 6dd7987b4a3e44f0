namespace DiffSeg.Pictures.Drawing;

/// <summary>A table of texts as a picture, on white.</summary>
internal static class TablePicture
{
    private const int Scale = 2;
    private const int Margin = 16;
    private const int ColumnGap = 28;
    private const int RowHeight = 30;
    private const int LongestText = 60;
    private static readonly Rgb Ink = Rgb.FromHex(0x24292F);
    private static readonly Rgb Soft = Rgb.FromHex(0x6B737C);
    private static readonly Rgb Line = Rgb.FromHex(0xD0D5DA);

    /// <summary>Draws the table.</summary>
    /// <param name="title">A line above it; may be empty.</param>
    /// <param name="columns">Headings; all empty for none.</param>
    /// <param name="rows">Rows of as many cells.</param>
    /// <param name="isNumber">Whether a column stands to the right.</param>
    public static Raster Draw(string title, string[] columns, string[][] rows, Func<int, bool> isNumber)
    {
        int cell = LongestText * SmallFont.Advance * Scale;
        string[][] lines = [.. rows.Select(row => row.Select(text => SmallFont.Cut(text, Scale, cell)).ToArray())];
        int[] widths =
        [
            .. columns.Select((heading, column) =>
                lines.Select(line => line[column]).Append(heading).Max(text => SmallFont.Width(text, Scale))),
        ];
        bool hasHead = columns.Any(column => column.Length > 0);
        int above = (title.Length > 0 ? RowHeight : 0) + (hasHead ? RowHeight : 0);
        int inner = Math.Max(widths.Sum() + ((widths.Length - 1) * ColumnGap), SmallFont.Width(title, Scale));
        var picture = new Raster((2 * Margin) + above + (lines.Length * RowHeight), (2 * Margin) + inner, Rgb.White);
        int top = Margin;
        if (title.Length > 0)
        {
            SmallFont.Draw(picture, title, top, Margin, Scale, Ink);
            top += RowHeight;
        }

        if (hasHead)
        {
            Row(columns, Soft);
        }

        foreach (string[] line in lines)
        {
            Row(line, Ink);
        }

        return picture;

        void Row(string[] texts, Rgb colour)
        {
            int left = Margin;
            for (int column = 0; column < texts.Length; column++)
            {
                int indent = isNumber(column) ? widths[column] - SmallFont.Width(texts[column], Scale) : 0;
                SmallFont.Draw(picture, texts[column], top, left + indent, Scale, colour);
                left += widths[column] + ColumnGap;
            }

            top += RowHeight;
            picture.Fill(top - (RowHeight - (SmallFont.LineHeight * Scale) + 4) / 2, Margin, 1, inner, Line);
        }
    }
}
