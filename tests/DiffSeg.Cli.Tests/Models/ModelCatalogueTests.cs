using System.Text;
using DiffSeg.Cli.Models;

namespace DiffSeg.Cli.Tests.Models;

public class ModelCatalogueTests
{
    [Fact]
    public void Catalogue_of_the_tool_holds_what_the_readme_names()
    {
        Assert.Equal(["sam2-hiera-tiny", "sd15", "sd14", "sd21"], ModelCatalogue.Default.Models.Select(model => model.Name));
        CatalogueEntry sd15 = ModelCatalogue.Default.Find("SD15")!;
        Assert.Equal((CatalogueKind.StableDiffusionOnnx, "onnx-community/stable-diffusion-v1-5-ONNX"), (sd15.Kind, sd15.Repository));
        Assert.Equal(
            ["text_encoder/model.onnx", "vae_encoder/model.onnx", "unet/model.onnx", "unet/weights.pb"],
            sd15.Files.Where(file => !file.Optional).Select(file => file.Path));
        Assert.True(sd15.Licence.Ask);
        Assert.InRange(sd15.DownloadSize, 3_900_000_000, 4_300_000_000);

        CatalogueEntry sam = ModelCatalogue.Default.Find("sam2-hiera-tiny")!;
        Assert.Equal((CatalogueKind.NpmSam2, 184_235_662L, false), (sam.Kind, sam.DownloadSize, sam.Licence.Ask));
        Assert.Contains("not a diffusion model, and not unsupervised", Assert.Single(sam.Notes), StringComparison.Ordinal);
        Assert.Null(ModelCatalogue.Default.Find("demo"));
    }

    [Theory]
    [InlineData("\"name\": \"m\"", "\"name\": \"../m\"", "The catalogue's model '../m' cannot be used: its name is not of lower-case letters, digits and hyphens.")]
    [InlineData("\"name\": \"m\"", "\"name\": \"demo\"", "The catalogue's model 'demo' cannot be used: 'demo' names the built-in model.")]
    [InlineData("unet/model.onnx", "../model.onnx", "The catalogue's model 'm' cannot be used: the path '../model.onnx' is absolute or leads out of the folder.")]
    [InlineData("unet/model.onnx", "/etc/model.onnx", "The catalogue's model 'm' cannot be used: the path '/etc/model.onnx' is absolute or leads out of the folder.")]
    [InlineData("unet/model.onnx", "C:\\\\model.onnx", "The catalogue's model 'm' cannot be used: the path 'C:\\model.onnx' is absolute or leads out of the folder.")]
    [InlineData("\"size\": 5", "\"size\": 5, \"sha256\": \"ABC\"", "The catalogue's model 'm' cannot be used: the SHA-256 of 'unet/model.onnx' is not 64 lower-case hex digits.")]
    [InlineData("https://", "http://", "The catalogue's model 'm' cannot be used: its licence has no https address.")]
    [InlineData("stable-diffusion-onnx", "npm-sam2", "The catalogue's model 'm' cannot be used: an npm package needs its archive.")]
    [InlineData("512,", "500,", "The catalogue's model 'm' cannot be used: its recommended size is not of multiples of 64 from 64 to 2048.")]
    [InlineData("\"klThreshold\": null", "\"klThreshold\": 0", "The catalogue's model 'm' cannot be used: its recommended KL threshold is not above 0.")]
    [InlineData("\"format\": 1", "\"format\": 2", "The catalogue's format is 2; this version of diffseg reads 1.")]
    public void Broken_rule_is_named(string text, string exchanged, string message)
    {
        Assert.Single(Read(Good).Models);

        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(Good.Replace(text, exchanged, StringComparison.Ordinal))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "format": 1 }""")]
    public void What_is_no_catalogue_is_refused(string json) =>
        Assert.StartsWith("The catalogue of models cannot be read: ", Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    private const string Good = """
        {
          "format": 1,
          "models": [
            {
              "name": "m", "kind": "stable-diffusion-onnx", "title": "t", "repository": "r", "revision": "main",
              "files": [ { "path": "unet/model.onnx", "size": 5 } ],
              "licence": { "id": "MIT", "url": "https://example.org", "ask": true },
              "recommended": { "width": 512, "height": 512, "klThreshold": null },
              "notes": []
            }
          ]
        }
        """;

    private static ModelCatalogue Read(string json) => ModelCatalogue.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
