using System.Diagnostics;
using DiffSeg.Cli.Reporting;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Doctor;

/// <summary>Segments a drawn picture, orange beside blue, through the whole chain with the demo model.</summary>
internal sealed class DemoModelCheck : ICheck
{
    private const int Height = 96;
    private const int Width = 128;

    /// <inheritdoc/>
    public string Subject => "demo model";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        AttentionModel model = AttentionModel.Demo;
        yield return new Finding(Subject, Health.Good, model.Path);

        long begin = Stopwatch.GetTimestamp();
        VBuffer<ushort> mask = Segment(model);
        bool apart = IsOne(mask, 0, (Width / 2) - 8) && IsOne(mask, (Width / 2) + 8, Width) && Label(mask, 0) != Label(mask, Width - 1);
        string time = Duration.Text(Stopwatch.GetElapsedTime(begin));
        yield return apart
            ? new Finding("test picture", Health.Good, $"two halves, two segments, {time} with loading")
            : new Finding("test picture", Health.Bad, "its two halves did not become two segments; reinstall diffseg, and report this if it stays");
    }

    private static VBuffer<ushort> Segment(AttentionModel model)
    {
        string path = Path.Combine(Path.GetTempPath(), $"diffseg-{Path.GetRandomFileName()}.png");
        try
        {
            using (MLImage picture = Draw())
            {
                picture.Save(path);
            }

            var context = new MLContext();
            IDataView data = context.Data.LoadFromEnumerable(new[] { new Row { ImagePath = path } });
            var options = new DiffSegMaskOptions { Size = new(Height, Width) };
            using var chain = context.Transforms.DiffSeg("Mask", nameof(Row.ImagePath), model, options).Fit(data);
            return chain.Transform(data).GetColumn<VBuffer<ushort>>("Mask").Single();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MLImage Draw()
    {
        var pixels = new byte[Height * Width * 4];
        for (int i = 0; i < Height * Width; i++)
        {
            ReadOnlySpan<byte> colour = i % Width < Width / 2 ? [240, 150, 30, 255] : [20, 60, 160, 255];
            colour.CopyTo(pixels.AsSpan(4 * i));
        }

        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, pixels);
    }

    private static ushort Label(in VBuffer<ushort> mask, int column) => mask.GetValues()[(Height / 2 * Width) + column];

    private static bool IsOne(in VBuffer<ushort> mask, int from, int to) =>
        mask.GetValues().Slice((Height / 2 * Width) + from, to - from).IndexOfAnyExcept(Label(mask, from)) < 0;

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
