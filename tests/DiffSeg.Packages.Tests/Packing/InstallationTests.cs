namespace DiffSeg.Packages.Tests.Packing;

/// <summary>The packages as a user installs them, far from this repository.</summary>
public class InstallationTests(PackedHouse house)
{
    private const string Program = """
        using DiffSeg.Display;
        using DiffSeg.MLNet;
        using DiffSeg.Onnx;
        using Microsoft.ML;

        var ml = new MLContext();
        IDataView photos = ml.Data.LoadFromEnumerable(ImageSource.FromFolder("photos"));
        var pipeline = ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new() { Size = MaskSize.Original });
        IDataView masks = pipeline.Fit(photos).Transform(photos);
        foreach (SegmentedImage row in ml.Data.CreateEnumerable<SegmentedImage>(masks, reuseRowObject: false))
        {
            Console.WriteLine($"{Path.GetFileName(row.ImagePath)} {row.MaskWidth}x{row.MaskHeight} has more than one segment: {row.Segments().Count > 1}");
            new HtmlPage("Masks").Add(row).Save("masks.html");
        }
        """;

    private const string Expected = "chelsea.png 451x300 has more than one segment: True";

    [Fact]
    public async Task Console_project_segments_a_photo()
    {
        using Consumer consumer = await Consumer.Of(house);
        consumer.WriteProject("app", Program);

        Outcome outcome = await consumer.Dotnet("run", "--project", "app");

        Assert.Contains(Expected, outcome.Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("<img", File.ReadAllText(consumer.Path("masks.html")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(consumer.Path(".packages/diffseg.mlnet")), "The package came from the folder feed into this folder.");
    }

    [Fact]
    public async Task File_based_app_segments_a_photo()
    {
        using Consumer consumer = await Consumer.Of(house);
        // File-based apps are made for ahead-of-time compilation, under which ML.NET's generated code does not run.
        consumer.Write("app.cs", $"""
            #:package DiffSeg.MLNet@{consumer.Version}
            #:package {Repository.OnnxRuntimePackage}@1.29.0
            #:property PublishAot=false
            {Program}
            """);

        Outcome outcome = await consumer.Dotnet("run", "app.cs");

        Assert.Contains(Expected, outcome.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_application_segments_what_is_posted_to_it()
    {
        using Consumer consumer = await Consumer.Of(house);
        consumer.Write("web.cs", $$"""
            #:sdk Microsoft.NET.Sdk.Web
            #:package DiffSeg.AspNetCore@{{consumer.Version}}
            #:package {{Repository.OnnxRuntimePackage}}@1.29.0
            #:property PublishAot=false
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDiffSeg();
            await using WebApplication app = builder.Build();
            app.MapDiffSeg("/segment");
            await app.StartAsync();

            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            var picture = new ByteArrayContent(File.ReadAllBytes("photos/chelsea.png")) { Headers = { ContentType = new("image/png") } };
            using HttpResponseMessage answer = await client.PostAsync("/segment", picture);
            byte[] mask = await answer.Content.ReadAsByteArrayAsync();
            Console.WriteLine($"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {mask[1]}{mask[2]}{mask[3]}");
            """);

        Outcome outcome = await consumer.Dotnet("run", "web.cs", "--", "--urls", "http://127.0.0.1:0");

        Assert.Contains("200 image/png 807871", outcome.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_is_installed_and_segments_a_photo()
    {
        using Consumer consumer = await Consumer.Of(house);
        (await consumer.Dotnet("tool", "install", "DiffSeg.Cli", "--tool-path", "tools", "--version", consumer.Version)).Succeeded();

        Outcome outcome = await Dotnet.Program(
            consumer.Path(OperatingSystem.IsWindows() ? "tools/diffseg.exe" : "tools/diffseg"), consumer.Root,
            new Dictionary<string, string?> { ["DOTNET_ROOT"] = Path.GetDirectoryName(Dotnet.Path) },
            "segment", "photos", "--output", "masks");

        outcome.Succeeded();
        byte[] mask = File.ReadAllBytes(consumer.Path("masks/chelsea.mask.png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], mask[..4]);
    }
}
