namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Image sizes other than the one the references have.</summary>
[Collection(WholeExports.Name)]
public sealed class SizeTests(BuiltModels models)
{
    [Theory]
    [InlineData(320, 320)]
    [InlineData(512, 384)]
    [InlineData(384, 512)]
    [InlineData(64, 64)]
    [InlineData(320, 448)]
    [InlineData(768, 768)]
    public void Rows_are_distributions(int height, int width)
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        BuiltModel built = models.FromImage(set, new() { ImageHeight = height, ImageWidth = width });

        var output = Assert.Single(built.Model!.Outputs);
        Assert.Equal(new AttentionShape(1, height / 8, width / 8), output.Shape);
        Assert.Equal((height, width), (built.Model.ImageHeight, built.Model.ImageWidth));
        int tokens = output.Shape.Tokens;
        built.Run(Pictures.Waves(height, width), [1, 3, height, width], (_, _, values) =>
        {
            Assert.Equal(tokens * tokens, values.Length);
            for (int row = 0; row < tokens; row++)
            {
                ReadOnlySpan<float> map = values.Slice(row * tokens, tokens);
                double sum = 0;
                foreach (float value in map)
                {
                    Assert.True(value >= 0);
                    sum += value;
                }

                Assert.InRange(sum, 1 - 1e-4, 1 + 1e-4);
            }
        });
    }

    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(2048, 1024)]
    public void Large_sizes_have_the_right_grids(int height, int width)
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);

        BuiltModel built = models.FromImage(set, new() { ImageHeight = height, ImageWidth = width, Form = AttentionForm.Resolutions });

        Assert.Equal(
            [(height / 8, width / 8), (height / 16, width / 16), (height / 32, width / 32), (height / 64, width / 64)],
            built.Model!.Outputs.Select(o => (o.Shape.Height, o.Shape.Width)));
    }
}
