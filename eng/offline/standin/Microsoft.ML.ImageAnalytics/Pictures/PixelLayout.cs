using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.StandIn;

/// <summary>Which colours of a picture become numbers, in which order, and how they are scaled.</summary>
internal sealed record PixelLayout(
    ImagePixelExtractingEstimator.ColorBits Colors, ImagePixelExtractingEstimator.ColorsOrder Order,
    bool Interleave, float Offset, float Scale)
{
    private readonly ImagePixelExtractingEstimator.ColorBits[] _planes = PlanesOf(Colors, Order);

    public static PixelLayout Load(BinaryReader reader) => new(
        (ImagePixelExtractingEstimator.ColorBits)reader.ReadByte(),
        (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte(),
        reader.ReadBoolean(), reader.ReadSingle(), reader.ReadSingle());

    public void Save(BinaryWriter writer)
    {
        writer.Write((byte)Colors);
        writer.Write((byte)Order);
        writer.Write(Interleave);
        writer.Write(Offset);
        writer.Write(Scale);
    }

    public VectorDataViewType TypeFor(int height, int width) => Interleave
        ? new VectorDataViewType(NumberDataViewType.Single, height, width, _planes.Length)
        : new VectorDataViewType(NumberDataViewType.Single, _planes.Length, height, width);

    public void Extract(MLImage image, Span<float> values)
    {
        int pixels = image.Width * image.Height;
        (int step, int planeStart) = Interleave ? (_planes.Length, 1) : (1, pixels);
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            ReadOnlySpan<byte> source = image.Pixels[ByteOf(_planes[plane], image.PixelFormat)..];
            Span<float> target = values[(plane * planeStart)..];
            for (int i = 0; i < pixels; i++)
            {
                target[i * step] = (source[i * Raster.BytesPerPixel] - Offset) * Scale;
            }
        }
    }

    private static ImagePixelExtractingEstimator.ColorBits[] PlanesOf(
        ImagePixelExtractingEstimator.ColorBits colors, ImagePixelExtractingEstimator.ColorsOrder order)
    {
        Guard.Argument(colors != 0, nameof(colors), "Need to use at least one color plane");
        return [.. order.ToString().Select(letter => letter switch
        {
            'A' => ImagePixelExtractingEstimator.ColorBits.Alpha,
            'R' => ImagePixelExtractingEstimator.ColorBits.Red,
            'G' => ImagePixelExtractingEstimator.ColorBits.Green,
            _ => ImagePixelExtractingEstimator.ColorBits.Blue,
        }).Where(color => colors.HasFlag(color))];
    }

    private static int ByteOf(ImagePixelExtractingEstimator.ColorBits color, MLPixelFormat format) => color switch
    {
        ImagePixelExtractingEstimator.ColorBits.Alpha => 3,
        ImagePixelExtractingEstimator.ColorBits.Green => 1,
        ImagePixelExtractingEstimator.ColorBits.Red => format == MLPixelFormat.Bgra32 ? 2 : 0,
        _ => format == MLPixelFormat.Bgra32 ? 0 : 2,
    };
}
