using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Tests.MlNetRules.Surface;

/// <summary>
/// public-api.txt is the part of ML.NET 5.0.0's public API that the offline stand-in has. On the stand-in the tests
/// prove that it has that and nothing else; on the real ML.NET, that the real one has every line of it. So what
/// compiles against the stand-in compiles against the real one.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly Assembly[] Loaded =
    [
        typeof(IDataView).Assembly, typeof(ITransformer).Assembly, typeof(MLContext).Assembly,
        typeof(CustomMappingCatalog).Assembly, typeof(MLImage).Assembly, typeof(OnnxOptions).Assembly,
    ];

    private static string[] Carried => File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "MlNetRules", "Surface", "public-api.txt"));

    [Fact]
    public void Every_line_of_the_carried_list_is_a_public_member_of_the_loaded_assemblies() =>
        Assert.Empty(Carried.Except(Loaded.SelectMany(SurfacePrinter.Lines)));

    [Fact]
    public void The_stand_in_has_no_public_member_beyond_the_carried_list()
    {
        IEnumerable<string> standIn = Loaded.Where(IsStandIn).SelectMany(SurfacePrinter.Lines);
        Assert.Empty(standIn.Except(Carried));
    }

    [Fact]
    public void All_assemblies_are_real_or_all_are_the_stand_in() =>
        Assert.Single(Loaded.Select(IsStandIn).Distinct());

    [Fact]
    public void All_assemblies_have_the_identity_that_programs_refer_to() =>
        Assert.All(Loaded, a => Assert.Equal(new Version(1, 0, 0, 0), a.GetName().Version));

    [Fact]
    public void The_carried_list_is_sorted_and_has_no_line_twice() =>
        Assert.Equal(Carried.Distinct().Order(StringComparer.Ordinal), Carried);

    [Theory]
    [InlineData(typeof(ImageResizingEstimator.Anchor), typeof(byte))]
    [InlineData(typeof(ImagePixelExtractingEstimator.ColorBits), typeof(byte))]
    [InlineData(typeof(DataKind), typeof(byte))]
    [InlineData(typeof(TransformerScope), typeof(int))]
    [InlineData(typeof(MLPixelFormat), typeof(int))]
    public void Enums_have_the_underlying_type_that_compiled_programs_expect(Type type, Type underlying) =>
        Assert.Equal(underlying, Enum.GetUnderlyingType(type));

    private static bool IsStandIn(Assembly assembly) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(a => a is { Key: "DiffSegStandIn", Value: "true" });
}
