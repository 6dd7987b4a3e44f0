namespace DiffSeg.Pictures.Drawing;

/// <summary>
/// A font of our own for numbers and captions in pictures: glyphs of 5 x 7 dots with two rows for what hangs below the
/// line. Characters that it lacks are drawn as a box.
/// </summary>
internal static class SmallFont
{
    /// <summary>Dots from one character to the next.</summary>
    public const int Advance = 6;

    /// <summary>Dots of a capital's or a digit's height.</summary>
    public const int CapHeight = 7;

    /// <summary>Dots of a line's height, the hanging parts included.</summary>
    public const int LineHeight = 9;

    private const int GlyphWidth = 5;

    // A row is a number of five bits, the leftmost dot in the highest; rows from the top, those at the end left out.
    private static readonly Dictionary<char, byte[]> Glyphs = Parse(
        """
        0 0E1113151911_0E 1 040C04040404_0E 2 0E1101020408_1F 3 1F0204020111_0E 4 02060A121F02_02 5 1F101E010111_0E
        6 0608101E1111_0E 7 1F0102040808_08 8 0E11110E1111_0E 9 0E11110F0102_0C
        A 0E11111F1111_11 B 1E11111E1111_1E C 0E1110101011_0E D 1C1211111112_1C E 1F10101E1010_1F F 1F10101E1010_10
        G 0E1110171111_0F H 1111111F1111_11 I 0E0404040404_0E J 070202020212_0C K 111214181412_11 L 101010101010_1F
        M 111B15151111_11 N 111119151311_11 O 0E1111111111_0E P 1E11111E1010_10 Q 0E1111111512_0D R 1E11111E1412_11
        S 0F10100E0101_1E T 1F0404040404_04 U 111111111111_0E V 11111111110A_04 W 111111151515_0A X 11110A040A11_11
        Y 11110A040404_04 Z 1F0102040810_1F
        a 00000E010F11_0F b 101016191111_1E c 00000E101011_0E d 01010D131111_0F e 00000E111F10_0E f 0609081C0808_08
        g 00000F111111_0F010E h 101016191111_11 i 04000C040404_0E j 020006020202_02120C k 101012141814_12
        l 0C0404040404_0E m 00001A151511_11 n 000016191111_11 o 00000E111111_0E p 00001E111111_1E1010
        q 00000F111111_0F0101 r 000016191010_10 s 00000E100E01_1E t 08081C080809_06 u 000011111113_0D v 00001111110A_04
        w 000011111515_0A x 0000110A040A_11 y 000011111111_0F010E z 00001F020408_1F
        . 00000000000C_0C , 00000000000C_0408 : 000C0C000C0C_00 ; 000C0C000C04_08 - 0000001F0000_00 + 0004041F0404_00
        / 000102040810_00 \ 001008040201_00 % 181902040813_03 ( 020408080804_02 ) 080402020204_08 = 00001F001F00_00
        _ 000000000000_001F # 0A0A1F0A1F0A_0A ' 0C0408 " 0A0A0A ! 040404040000_04 ? 0E1101020400_04 < 020408100804_02
        > 080402010204_08 [ 0E0808080808_0E ] 0E0202020202_0E { 060808100808_06 } 0C0202010202_0C & 0C1214081512_0D
        * 0004150E1504_00 ~ 000008150200_00 ^ 040A11 | 040404040404_04 @ 0E1117151710_0E $ 040F140E051E_04
        × 00110A040A11_00 ± 04041F040400_1F · 000000040000_00 … 000000000000_15 – 0000001F0000_00
        """);

    private static readonly byte[] Unknown = [0x1F, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1F];

    /// <summary>Pixels that a text is wide.</summary>
    /// <param name="text">One line.</param>
    /// <param name="scale">Pixels per dot.</param>
    public static int Width(string text, int scale) => text.Length == 0 ? 0 : ((text.Length * Advance) - 1) * scale;

    /// <summary>The text, cut to a width with an ellipsis where it is longer.</summary>
    public static string Cut(string text, int scale, int width)
    {
        int room = ((width / scale) + 1) / Advance;
        return text.Length <= room ? text : room < 1 ? "" : text[..(room - 1)] + "…";
    }

    /// <summary>The text in lines of at most a width, broken between words, and within those that are longer than a line.</summary>
    /// <param name="text">The text; its own line ends count as spaces.</param>
    /// <param name="scale">Pixels per dot.</param>
    /// <param name="width">Pixels of a line. One character is put on a line however narrow it is.</param>
    public static string[] Wrap(string text, int scale, int width)
    {
        int room = Math.Max(1, ((width / scale) + 1) / Advance);
        List<string> lines = [];
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= room)
            {
                lines[^1] += " " + word;
                continue;
            }

            lines.AddRange(word.Chunk(room).Select(part => new string(part)));
        }

        return [.. lines];
    }

    /// <summary>Draws a line of text.</summary>
    /// <param name="raster">Where; what falls outside is cut off.</param>
    /// <param name="text">One line.</param>
    /// <param name="top">The capitals' upper edge.</param>
    /// <param name="left">The first character's left edge.</param>
    /// <param name="scale">Pixels per dot, at least 1.</param>
    /// <param name="colour">Colour of the text.</param>
    public static void Draw(Raster raster, string text, int top, int left, int scale, Rgb colour)
    {
        for (int i = 0; i < text.Length; i++)
        {
            byte[] glyph = text[i] == ' ' ? [] : Glyphs.GetValueOrDefault(text[i], Unknown);
            for (int row = 0; row < glyph.Length; row++)
            {
                for (int column = 0; column < GlyphWidth; column++)
                {
                    if ((glyph[row] & (1 << (GlyphWidth - 1 - column))) != 0)
                    {
                        raster.Fill(top + (row * scale), left + (((i * Advance) + column) * scale), scale, scale, colour);
                    }
                }
            }
        }
    }

    /// <summary>Draws a line of text in white with a dark rim, legible on every ground.</summary>
    public static void DrawRimmed(Raster raster, string text, int top, int left, int scale)
    {
        int rim = Math.Max(1, scale / 2);
        for (int y = -rim; y <= rim; y += rim)
        {
            for (int x = -rim; x <= rim; x += rim)
            {
                Draw(raster, text, top + y, left + x, scale, Rgb.FromHex(0x101418));
            }
        }

        Draw(raster, text, top, left, scale, Rgb.White);
    }

    private static Dictionary<char, byte[]> Parse(string glyphs)
    {
        string[] words = glyphs.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToDictionary(pair => pair[0][0], pair => Convert.FromHexString(pair[1].Replace("_", "")));
    }
}
