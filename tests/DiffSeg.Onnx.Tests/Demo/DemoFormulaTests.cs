using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Demo;

/// <summary>The graph in ONNX Runtime against <see cref="DemoReference"/>.</summary>
public sealed class DemoFormulaTests(DemoSession session, ITestOutputHelper output) : IClassFixture<DemoSession>
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Photos =>
        [.. Directory.EnumerateFiles(Repository.Path("models", "samples"), "*.jpg").Select(p => Path.GetFileName(p)).Order()];

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
