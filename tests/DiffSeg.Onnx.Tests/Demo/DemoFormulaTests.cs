using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Demo;

/// <summary>The graph in ONNX Runtime against <see cref="DemoReference"/>.</summary>
public sealed class DemoFormulaTests(DemoSession session, ITestOutputHelper output) : IClassFixture<DemoSession>
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Photos =>
        [.. Directory.EnumerateFiles(Repository.Path("models", "samples"))
            .Where(p => !p.EndsWith(".md", StringComparison.Ordinal)).Select(p => Path.GetFileName(p)).Order()];

    public static TheoryData<string> Synthetic => [.. Formulas.Keys];

    private static Dictionary<string, Func<int, int, int, double>> Formulas { get; } = new()
    {
        ["black"] = (_, _, _) => 0,
        ["white"] = (_, _, _) => 1,
        ["checkers of saturated colours"] = (c, y, x) => ((y / 32 + x / 32) >> c) & 1,
        ["blue cells on yellow"] = (c, y, x) => (y / 8 % 7 == 3 && x / 8 % 9 == 4) == (c == 2) ? 1 : 0,
        ["green square on magenta"] = (c, y, x) => (y / 64 == 3 && x / 64 == 2) == (c == 1) ? 1 : 0,
        ["white noise"] = (c, y, x) => ((c * 7919 + y * 104729 + x * 1299709) % 1009) / 1008.0,
        ["ramp"] = (c, y, x) => c == 0 ? y / 511.0 : x / 511.0,
        ["fine stripes beside flat grey"] = (_, y, x) => x < 250 ? x & 1 : 0.5,
        ["dark noise"] = (c, y, x) => ((c * 7919 + y * 104729 + x * 1299709) % 97) / 970.0,
        ["bars off the grid"] = (c, y, x) => y is < 83 or >= 433 ? 0 : 0.3 + 0.2 * Math.Sin(x * 0.05 + c) + 0.1 * (y & 1),
    };

    [Theory]
    [MemberData(nameof(Photos))]
    public void Attention_of_a_photo_equals_the_formula(string photo) =>
        AssertEqualsFormula(TestImages.Letterboxed(Repository.Path("models", "samples", photo)));

    [Theory]
    [MemberData(nameof(Synthetic))]
    public void Attention_of_a_synthetic_image_equals_the_formula(string name) =>
        AssertEqualsFormula(TestImages.Of(Formulas[name]));

    [Fact]
    public void Rows_are_distributions()
    {
        float[] photo = TestImages.Letterboxed(Repository.Path("models", "samples", "canyon-wren.jpg"));
        session.Run(photo, (name, actual) =>
        {
            int tokens = (int)Math.Sqrt(actual.Length);
            for (int row = 0; row < tokens; row++)
            {
                double sum = 0;
                foreach (float value in actual.Slice(row * tokens, tokens))
                {
                    Assert.True(value >= 0, $"{name} holds {value} in row {row}");
                    sum += value;
                }

                Assert.InRange(sum, 1 - 1e-5, 1 + 1e-5);
            }
        });
    }

    [Fact]
    public void Black_bars_leave_a_flat_picture_flat()
    {
        // Bars that end inside the cells of rows 10 and 53.
        float[] image = TestImages.Of((_, y, _) => y is < 83 or >= 429 ? 0 : 0.6);
        session.Run(image, (name, actual) =>
        {
            if (name != "attention_64")
            {
                return;
            }

            const int Token = 30 * 64 + 30;
            ReadOnlySpan<float> row = actual.Slice(Token * 64 * 64, 64 * 64);
            for (int y = 10; y <= 53; y++)
            {
                for (int x = 0; x < 64; x++)
                {
                    double distance = (Math.Pow(y - 30, 2) + Math.Pow(x - 30, 2)) / (64 * 64);
                    double byPositionAlone = Math.Exp(-distance / (2 * 0.35 * 0.35));
                    // Only the gradient across the bar's edge, one pixel of eight, is left of it.
                    Assert.InRange(row[y * 64 + x] / row[Token] / byPositionAlone, 0.95, 1.001);
                }
            }
        });
    }

    private void AssertEqualsFormula(float[] image)
    {
        Dictionary<int, double[]> expected = DemoReference.Attention(image, 64, 32, 16, 8);
        session.Run(image, (name, actual) =>
        {
            double[] reference = expected[int.Parse(name["attention_".Length..])];
            Assert.Equal(reference.Length, actual.Length);
            double worst = 0, largest = 0;
            for (int i = 0; i < reference.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(reference[i] - actual[i]));
                largest = Math.Max(largest, reference[i]);
            }

            output.WriteLine($"{name}: largest error {worst:E1} of values up to {largest:E1}");
            Assert.True(worst <= Tolerance, $"{name} is off by {worst:E2}");
        });
    }
}
