using System.Collections.Concurrent;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.MLNet.Tests.Exports;

/// <summary>
/// Attention models built from exports of Stable Diffusion with small random weights: those in the folder that
/// DIFFSEG_FIXTURES names, else in ../shared/fixtures. Each is built once.
/// </summary>
public sealed class BuiltExports : IDisposable
{
    /// <summary>The only case of a theory where there are no exports.</summary>
    private const string None = "none";

    private static readonly string Shared = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "fixtures"));
    private static readonly string Root = Environment.GetEnvironmentVariable("DIFFSEG_FIXTURES") is { Length: > 0 } chosen ? chosen : Shared;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<(string, AttentionModelOptions), AttentionModel> _models = [];

    /// <summary>Every folder with a U-Net.</summary>
    public static TheoryData<string> Sets
    {
        get
        {
            string[] sets = Directory.Exists(Root)
                ? [.. Directory.GetDirectories(Root).Where(f => Directory.Exists(Path.Combine(f, "unet"))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)]
                : [];
            return sets.Length == 0 ? [None] : [.. sets];
        }
    }

    /// <summary>The first set, for tests of what does not depend on the export.</summary>
    public static string First => Sets.First().Data;

    /// <summary>The model of a set; parts that it lacks are taken from another set of its family, which shows by fitting.</summary>
    internal AttentionModel Model(string set, AttentionModelOptions options)
    {
        Assert.SkipWhen(set == None, "There is no ../shared/fixtures beside the repository, and DIFFSEG_FIXTURES is not set.");
        return _models.GetOrAdd((set, options), _ => Build(Path.Combine(Root, set), options));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private AttentionModel Build(string set, AttentionModelOptions options)
    {
        string path = _folder.File($"{Path.GetFileName(set)}-{Guid.NewGuid():N}.onnx");
        AttentionModelException? refused = null;
        foreach (AttentionModelOptions attempt in WithParts(set, options))
        {
            try
            {
                return AttentionModelBuilder.Build(set, path, attempt, null, TestContext.Current.CancellationToken).Model;
            }
            catch (AttentionModelException error)
            {
                refused ??= error;
            }
        }

        throw refused!;
    }

    private static IEnumerable<AttentionModelOptions> WithParts(string set, AttentionModelOptions options)
    {
        yield return options;
        string? ownVae = Directory.Exists(Path.Combine(set, "vae_encoder")) ? null : "";
        foreach (string other in new[] { Root, Shared }.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Distinct())
        {
            string reference = Path.Combine(other, "reference");
            if (Directory.Exists(reference))
            {
                yield return options with { PromptEmbedding = reference, VaeEncoder = ownVae is null ? null : other };
            }
        }
    }
}
