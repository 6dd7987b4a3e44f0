using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Pictures.Jpeg;

/// <summary>Sixteen by sixteen pixels in light and colour (JFIF's YCbCr), each around 0.</summary>
internal sealed class JpegUnit
{
    private const int Side = 16;
    private const int Block = 8;

    private readonly int[] _light = new int[Side * Side];

    /// <summary>Blue difference of each pixel.</summary>
    public int[] Blue { get; } = new int[Side * Side];

    /// <summary>Red difference of each pixel.</summary>
    public int[] Red { get; } = new int[Side * Side];

    /// <summary>Takes a part of the picture; beyond its edges the last row and column go on.</summary>
    public void Read(Raster picture, int top, int left)
    {
        for (int i = 0; i < _light.Length; i++)
        {
            Rgb pixel = picture[Math.Min(top + (i / Side), picture.Height - 1), Math.Min(left + (i % Side), picture.Width - 1)];
            (int r, int g, int b) = (pixel.Red, pixel.Green, pixel.Blue);

            // In parts of 65,536, rounded.
            _light[i] = (((19595 * r) + (38470 * g) + (7471 * b) + 32768) >> 16) - 128;
            Blue[i] = ((-11059 * r) - (21709 * g) + (32768 * b) + 32768) >> 16;
            Red[i] = ((32768 * r) - (27439 * g) - (5329 * b) + 32768) >> 16;
        }
    }

    /// <summary>A quarter of the light.</summary>
    public void Light(int top, int left, int[] block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = _light[((top + (i / Block)) * Side) + left + (i % Block)];
        }
    }

    /// <summary>Means of two by two pixels.</summary>
    public void HalfSize(int[] channel, int[] block)
    {
        for (int i = 0; i < block.Length; i++)
        {
            int at = (i / Block * 2 * Side) + (i % Block * 2);
            block[i] = (channel[at] + channel[at + 1] + channel[at + Side] + channel[at + Side + 1] + 2) >> 2;
        }
    }
}
