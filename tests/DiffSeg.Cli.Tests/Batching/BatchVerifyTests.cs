using System.Text.Json;
using DiffSeg.Batches;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>"diffseg batch verify --redo", and what verification says beside problems.</summary>
public sealed class BatchVerifyTests : IDisposable
{
    private readonly BatchRunner _batch = new();

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task Redo_has_damaged_chunks_written_again()
    {
        await _batch.Good("out");
        Dictionary<string, string> whole = _batch.Result("out");
        Flip("out/chunk-000001.tar");
        Flip("out/chunk-000002.status.jsonl");

        (int code, _, string error) = await _batch.Tool.Run("batch", "verify", "out");
        Assert.Equal(1, code);
        Assert.EndsWith("With --redo, 2 chunks would be marked as not done, and running the batch again would do what is missing.", error.Trim(), StringComparison.Ordinal);
        Assert.Equal(whole.Keys, _batch.Result("out").Keys);

        (code, _, error) = await _batch.Tool.Run("batch", "verify", "out", "--redo");
        Assert.Equal(1, code);
        Assert.Contains("damaged chunk-000001.tar:", error, StringComparison.Ordinal);
        Assert.EndsWith("2 chunks marked as not done; running the batch again does what is missing.", error.Trim(), StringComparison.Ordinal);
        Assert.Equal(whole.Keys.Except(["chunk-000001.done", "chunk-000002.done"]), _batch.Result("out").Keys);

        await _batch.Good("out");
        Assert.Equal(whole, _batch.Result("out"));
        (code, _, error) = await _batch.Tool.Run("batch", "verify", "out", "--redo");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(whole, _batch.Result("out"));
    }

    [Fact]
    public async Task Redo_leaves_alone_what_is_missing_or_strange_or_in_the_hands_of_a_process()
    {
        await _batch.Good("out");
        File.Delete(_batch.Folder["out/chunk-000000.tar"]);
        Flip("out/chunk-000001.tar");
        _batch.Folder.Write("out/notes.txt", []);
        BatchFolder folder = BatchFolder.OpenExisting(_batch.Folder["out"]);
        folder.Forget(2);
        using ChunkWriter other = folder.Begin(2);

        (int code, _, string error) = await _batch.Tool.Run("batch", "verify", "out", "--redo");

        Assert.Equal(1, code);
        Assert.EndsWith("1 chunk marked as not done; running the batch again does what is missing.", error.Trim(), StringComparison.Ordinal);
        Assert.Contains("out/chunk-000000.done", _batch.Folder.Files);
        Assert.DoesNotContain("out/chunk-000001.done", _batch.Folder.Files);
        Assert.Contains("out/notes.txt", _batch.Folder.Files);

        (_, _, error) = await _batch.Tool.Run("batch", "verify", "out", "--redo");
        Assert.EndsWith("No chunk needs to be marked as not done.", error.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Different_compressors_are_told_and_are_no_problem()
    {
        await _batch.Good("out");
        (_, string output, _) = await _batch.Tool.Run("batch", "verify", "out");
        Assert.DoesNotContain("compressed", output, StringComparison.Ordinal);

        // All chunks but one, as another machine would have written them.
        string name = BatchFolder.OpenExisting(_batch.Folder["out"]).Done(0)!.Compressor!;
        string other = name[..^1] + (name[^1] == '0' ? '1' : '0');
        foreach (int chunk in new[] { 1, 2 })
        {
            Rename(_batch.Folder[$"out/chunk-00000{chunk}.done"], name, other);
        }

        (int code, output, _) = await _batch.Tool.Run("batch", "verify", "out");

        Assert.Equal(0, code);
        Assert.Contains("PNGs were compressed in 2 ways", string.Join(' ', output.Split()), StringComparison.Ordinal);
        Assert.Contains(other, output, StringComparison.Ordinal);
    }

    // A record with another name and the checksum that it then has.
    private static void Rename(string path, string from, string to)
    {
        string text = File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal);
        using var record = JsonDocument.Parse(text);
        string sum = record.RootElement.GetProperty("sha256").GetString()!;
        string bare = text.Replace($",\n  \"sha256\": \"{sum}\"\n", "\n", StringComparison.Ordinal);
        string right = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(bare)));
        File.WriteAllText(path, text.Replace(sum, right, StringComparison.Ordinal));
    }

    private void Flip(string file)
    {
        byte[] bytes = File.ReadAllBytes(_batch.Folder[file]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_batch.Folder[file], bytes);
    }
}
