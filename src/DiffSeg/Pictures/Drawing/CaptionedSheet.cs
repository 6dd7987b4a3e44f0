namespace DiffSeg.Pictures.Drawing;

/// <summary>Pictures in rows with a caption beneath each, on white.</summary>
internal static class CaptionedSheet
{
    private const int Gap = 12;
    private const int CaptionGap = 6;
    private static readonly Rgb Ink = Rgb.FromHex(0x24292F);

    /// <summary>Draws the sheet. Columns are as wide as their widest picture, rows as high as their highest.</summary>
    /// <param name="pictures">At least one.</param>
    /// <param name="captions">One for each, cut where it is too long; the line is left out where all are empty.</param>
    /// <param name="columns">Pictures per row.</param>
    public static Raster Draw(IReadOnlyList<Raster> pictures, IReadOnlyList<string> captions, int columns)
    {
        int rows = (pictures.Count + columns - 1) / columns;
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => Cells(column, columns).Max(picture => picture.Width))];
        int[] heights = [.. Enumerable.Range(0, rows).Select(row => pictures.Skip(row * columns).Take(columns).Max(picture => picture.Height))];
        int line = captions.All(caption => caption.Length == 0) ? 0 : SmallFont.LineHeight + CaptionGap;
        var sheet = new Raster(Gap + heights.Sum(height => height + line + Gap), Gap + widths.Sum(width => width + Gap), Rgb.White);
        int top = Gap;
        for (int row = 0; row < rows; row++)
        {
            int left = Gap;
            for (int column = 0; column < columns && (row * columns) + column < pictures.Count; column++)
            {
                int i = (row * columns) + column;
                sheet.Draw(pictures[i], top, left);
                SmallFont.Draw(
                    sheet, SmallFont.Cut(captions[i], 1, widths[column]), top + pictures[i].Height + CaptionGap, left, 1, Ink);
                left += widths[column] + Gap;
            }

            top += heights[row] + line + Gap;
        }

        return sheet;

        IEnumerable<Raster> Cells(int column, int every) => pictures.Where((_, i) => i % every == column);
    }
}
