using CsCheck;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet.Geometry;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.DataSets;

/// <summary>A label map shows the pixels that the model sees and the mask covers.</summary>
public sealed class LabelMapFitTests : IDisposable
{
    private const int Side = 128;

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Masks_and_label_maps_cover_the_same_part_of_every_picture()
        => Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 3000], Gen.OneOf(Gen.Const((512, 512)), Gen.Const((320, 320)), Gen.Const((1024, 1024)), Gen.Const((384, 640))))
            .Sample((height, width, model) =>
            {
                (int modelHeight, int modelWidth) = model;
                var fitted = new FittedImage(height, width, modelHeight, modelWidth, ImageFit.Crop);
                var geometry = new LabelMapGeometry { Crop = model };

                Assert.Equal(
                    geometry.Covered(height, width),
                    (fitted.CoveredTop, fitted.CoveredLeft, fitted.CoveredHeight, fitted.CoveredWidth));
                // The model sees it all, but for one of its own pixels and three quarters of one of the picture: the part begins
                // at a whole pixel (a half), and is a whole number of them (a quarter at each end).
                double off = 1 + (fitted.ScaleX * 0.75);
                Assert.InRange(fitted.Left + (fitted.CoveredLeft * fitted.ScaleX), -off, off);
                Assert.InRange(fitted.Left + ((fitted.CoveredLeft + fitted.CoveredWidth) * fitted.ScaleX), modelWidth - off, modelWidth + off);
                off = 1 + (fitted.ScaleY * 0.75);
                Assert.InRange(fitted.Top + (fitted.CoveredTop * fitted.ScaleY), -off, off);
                Assert.InRange(fitted.Top + ((fitted.CoveredTop + fitted.CoveredHeight) * fitted.ScaleY), modelHeight - off, modelHeight + off);
            });

    // Every pixel says where it is: the picture in red and green, the label maps by their value.
    [Theory]
    [InlineData(90, 160)]
    [InlineData(101, 204)]
    [InlineData(203, 101)]
    [InlineData(77, 77)]
    [InlineData(129, 251)]
    [InlineData(251, 130)]
    public void The_pixels_that_ResizeImages_shows_are_those_of_the_label_map(int height, int width)
    {
        PictureFiles.WritePng(_folder.File("image.png"), height, width, 3, (y, x, c) => (byte)(c switch { 0 => x, 1 => y, _ => 0 }));
        PictureFiles.WritePng(_folder.File("x.png"), height, width, 1, (_, x, _) => (byte)x);
        PictureFiles.WritePng(_folder.File("y.png"), height, width, 1, (y, _, _) => (byte)y);
        IDataView data = _ml.Data.LoadFromEnumerable([new Paths { Image = _folder.File("image.png"), X = _folder.File("x.png"), Y = _folder.File("y.png") }]);
        LabelMapOptions options = new() { Fit = ImageFit.Crop, ModelImageHeight = Side, ModelImageWidth = Side };

        IDataView result = _ml.Transforms.LoadImages("Picture", "", "Image")
            .Append(_ml.Transforms.LoadLabelMaps("LabelX", "X", null, "Picture", options))
            .Append(_ml.Transforms.LoadLabelMaps("LabelY", "Y", null, "Image", options))
            .Append(_ml.Transforms.ResizeImages("Resized", Side, Side, "Picture", ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Resized"))
            .Fit(data).Transform(data);

        float[] pixels = result.GetColumn<float[]>("Pixels").Single();
        ushort[] across = result.GetColumn<ushort[]>("LabelX").Single();
        ushort[] down = result.GetColumn<ushort[]>("LabelY").Single();
        Assert.Equal(Side * Side, across.Length);
        // A pixel of the model's input, half a one of the picture for the nearest neighbour, one for rounding in the resizing.
        double off = (Math.Min(height, width) / (double)Side) + 1.5;
        for (int i = 0; i < across.Length; i++)
        {
            Assert.InRange(pixels[i] - across[i], -off, off);
            Assert.InRange(pixels[(Side * Side) + i] - down[i], -off, off);
        }
    }

    [Fact]
    public void The_ready_made_chain_gives_masks_of_the_label_maps_size()
    {
        PictureFiles.WritePng(_folder.File("a.png"), 101, 204, 3, (y, x, c) => (byte)(x < 100 ? 40 * c : 255 - y));
        PictureFiles.WritePng(_folder.File("a_L.png"), 101, 204, 1, (_, x, _) => (byte)(x < 100 ? 0 : 1));
        IDataView data = _ml.Data.LoadSegmentationDataSet(SegmentationDataSet.FromFolders(
            new() { Images = _folder.Path, Labels = _folder.Path, LabelSuffix = "_L" }, Table("ground", "thing")));
        foreach (MaskSize size in new[] { MaskSize.Original, MaskSize.Model, new MaskSize(64, 96) })
        {
            foreach (ImageFit fit in Enum.GetValues<ImageFit>())
            {
                IEstimator<ITransformer> pipeline = _ml.Transforms
                    .DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new() { Fit = fit, Size = size, AnchorsPerSide = 4 })
                    .Append(_ml.Transforms.LoadLabelMaps("Label", "LabelPath", Table("ground", "thing"), "ImagePath", new() { Fit = fit, Size = size }));

                Compared row = _ml.Data.CreateEnumerable<Compared>(pipeline.Fit(data).Transform(data), reuseRowObject: false).Single();

                Assert.Equal((row.MaskHeight, row.MaskWidth), (row.LabelHeight, row.LabelWidth));
                Assert.Equal(row.MaskHeight * row.MaskWidth, row.Label.Length);
                Assert.Equal(1, row.LabelAnnotatorCount);
                // The border between the classes is where the picture has it.
                double scale = row.LabelWidth / (fit == ImageFit.Crop ? 101.0 : 204.0);
                int first = row.Label.IndexOf((ushort)1);
                double border = (100 - (fit == ImageFit.Crop ? 51 : 0)) * scale;
                Assert.InRange(first, border - 1, border + 1);
            }
        }
    }

    private ClassTable Table(params string[] names)
    {
        File.WriteAllLines(_folder.File("classes.txt"), names);
        return ClassTable.FromFile(_folder.File("classes.txt"));
    }

    private sealed class Paths
    {
        public string Image { get; set; } = "";

        public string X { get; set; } = "";

        public string Y { get; set; } = "";
    }

    private sealed class Compared
    {
        public int MaskHeight { get; set; }

        public int MaskWidth { get; set; }

        public ushort[] Label { get; set; } = [];

        public int LabelHeight { get; set; }

        public int LabelWidth { get; set; }

        public int LabelAnnotatorCount { get; set; }
    }
}
