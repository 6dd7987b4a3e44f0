using System.Security.Cryptography;
using System.Text;
using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>One hash over many files.</summary>
public sealed class SourceHashTests : IDisposable
{
    private readonly ExportDraft _draft = new ExportDraft().With("one", "first").With("two", new string('x', 3 << 20));

    public void Dispose() => _draft.Dispose();

    [Fact]
    public void It_is_the_hash_of_what_sha256sum_prints()
    {
        string first = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_draft.At("one"))));
        string second = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_draft.At("two"))));
        byte[] printed = Encoding.UTF8.GetBytes($"{second}  a/b.onnx\n{first}  unet/model.onnx\n");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(printed)), Hash(("unet/model.onnx", "one"), ("a/b.onnx", "two")));
    }

    [Fact]
    public void Order_and_place_do_not_matter_but_names_and_contents_do()
    {
        string hash = Hash(("a", "one"), ("b", "two"));
        _draft.With("elsewhere/one", "first");

        Assert.Equal(hash, Hash(("b", "two"), ("a", "elsewhere/one")));
        Assert.NotEqual(hash, Hash(("b", "one"), ("a", "two")));
        Assert.NotEqual(hash, Hash(("a", "one"), ("c", "two")));

        _draft.With("one", "First");
        Assert.NotEqual(hash, Hash(("a", "one"), ("b", "two")));
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var shares = new List<double>();

        SourceHash.Of(Files(("a", "one"), ("b", "two")), new Listener(shares.Add), TestContext.Current.CancellationToken);

        Assert.True(shares.Count >= 4);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Cancelling_stops_it_in_the_middle_of_a_file()
    {
        using var source = new CancellationTokenSource();
        int reports = 0;
        var listener = new Listener(_ =>
        {
            reports++;
            source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => SourceHash.Of(Files(("a", "two")), listener, source.Token));
        Assert.Equal(1, reports);
    }

    private string Hash(params (string Name, string File)[] files) =>
        SourceHash.Of(Files(files), null, TestContext.Current.CancellationToken);

    private Dictionary<string, string> Files(params (string Name, string File)[] files) =>
        files.ToDictionary(f => f.Name, f => _draft.At(f.File));
}
