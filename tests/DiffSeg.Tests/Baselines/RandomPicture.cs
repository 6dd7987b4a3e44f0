using DiffSeg.Pictures;

namespace DiffSeg.Tests.Baselines;

/// <summary>Pictures of a few flat colours with noise.</summary>
internal static class RandomPicture
{
    public static Picture Create(int seed, int height, int width, PixelOrder order = PixelOrder.Rgba32)
    {
        Random random = new(seed);
        (int Y, int X, byte[] Colour)[] objects = [.. Enumerable.Range(0, 6)
            .Select(_ => (random.Next(height), random.Next(width), new byte[] { (byte)random.Next(240), (byte)random.Next(240), (byte)random.Next(240) }))];
        byte[] bytes = new byte[4 * height * width];
        for (int i = 0; i < height * width; i++)
        {
            (int y, int x) = (i / width, i % width);
            byte[] colour = objects.MinBy(o => ((o.Y - y) * (o.Y - y)) + ((o.X - x) * (o.X - x))).Colour;
            for (int channel = 0; channel < 3; channel++)
            {
                int place = order == PixelOrder.Rgba32 ? channel : 2 - channel;
                bytes[(4 * i) + place] = (byte)(colour[channel] + random.Next(16));
            }
        }

        return new Picture(bytes, height, width, order);
    }
}
