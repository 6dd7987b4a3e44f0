using System.Text;
using System.Xml.Linq;

namespace DiffSeg.Packages.Tests.Packing;

public class PackageContentTests(PackedHouse house)
{
    [Theory]
    [InlineData("DiffSeg")]
    [InlineData("DiffSeg.Batches")]
    [InlineData("DiffSeg.Onnx")]
    [InlineData("DiffSeg.MLNet")]
    [InlineData("DiffSeg.AspNetCore")]
    [InlineData("DiffSeg.Cli")]
    public async Task Package_tells_who_made_it_and_what_it_is(string id)
    {
        PackageContent package = await house.Open(id);

        Assert.Equal(id, package.Value("id"));
        Assert.Equal("MIT", package.Value("license"));
        Assert.Equal("README.md", package.Value("readme"));
        Assert.Equal(File.ReadAllBytes(Repository.Path("README.md")), package.Files["README.md"]);
        Assert.True(package.Value("description")!.Length > 40, "The description says what the package is for.");
        Assert.Contains("segmentation", package.Value("tags"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DiffSeg")]
    [InlineData("DiffSeg.Batches")]
    [InlineData("DiffSeg.Onnx")]
    [InlineData("DiffSeg.MLNet")]
    [InlineData("DiffSeg.AspNetCore")]
    public async Task Library_has_its_documentation_and_its_symbols(string id)
    {
        PackageContent package = await house.Open(id);

        Assert.Contains($"lib/net10.0/{id}.dll", package.Files.Keys);
        XElement documentation = XElement.Parse(Encoding.UTF8.GetString(package.Files[$"lib/net10.0/{id}.xml"]).TrimStart('\uFEFF'));
        Assert.NotEmpty(documentation.Descendants("member"));
        PackageContent symbols = PackageContent.Open(Path.ChangeExtension(package.Path, ".snupkg"));
        Assert.Contains($"lib/net10.0/{id}.pdb", symbols.Files.Keys);
    }

    [Theory]
    [InlineData("DiffSeg.Batches", new[] { "DiffSeg", "Parquet.Net" }, new[] { "Microsoft.ML", "Google.Protobuf" })]
    [InlineData("DiffSeg.Onnx", new[] { "DiffSeg", "Google.Protobuf" }, new[] { "Microsoft.ML", "Grpc.Tools" })]
    [InlineData("DiffSeg.MLNet",
        new[] { "DiffSeg", "DiffSeg.Batches", "DiffSeg.Onnx", "Microsoft.ML", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.OnnxTransformer" },
        new[] { "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu" })]
    [InlineData("DiffSeg.AspNetCore", new[] { "DiffSeg.MLNet" }, new[] { "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu" })]
    public async Task Library_depends_on_what_it_needs_and_leaves_the_runtime_to_the_application(string id, string[] expected, string[] unwanted)
    {
        string[] dependencies = [.. (await house.Open(id)).Dependencies()];

        Assert.Empty(expected.Except(dependencies));
        Assert.Empty(dependencies.Intersect(unwanted));
    }

    [Fact]
    public async Task The_algorithm_depends_on_numerics_and_a_checksum_alone() =>
        Assert.Equal(["System.IO.Hashing", "System.Numerics.Tensors"], (await house.Open("DiffSeg")).Dependencies().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Tool_is_the_command_diffseg_with_everything_it_needs()
    {
        PackageContent package = await house.Open("DiffSeg.Cli");

        Assert.Equal("DotnetTool", package.Metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")!.Value);
        string settings = Encoding.UTF8.GetString(package.Files["tools/net10.0/any/DotnetToolSettings.xml"]);
        Assert.Equal("diffseg", XElement.Parse(settings.TrimStart('\uFEFF')).Descendants("Command").Single().Attribute("Name")!.Value);
        Assert.Contains("tools/net10.0/any/DiffSeg.MLNet.dll", package.Files.Keys);
        Assert.Contains(package.Files.Keys, file => file.Contains("/native/", StringComparison.Ordinal) && file.Contains("onnxruntime", StringComparison.Ordinal));
    }
}
