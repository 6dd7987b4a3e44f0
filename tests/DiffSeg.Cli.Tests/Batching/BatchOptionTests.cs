using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>The command line of "diffseg batch".</summary>
public sealed class BatchOptionTests
{
    private readonly ToolRun _tool = new(".");

    [Fact]
    public async Task Help_teaches_every_option_and_exit_code()
    {
        (int code, string output, _) = await _tool.Run("batch", "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string part in new[]
        {
            "-o, --output <DIR> (REQUIRED)", "--format <png-tar|coco-rle|parquet>", "--chunk-size <N>", "[default: 1000]", "--shard <I/N>", "--shards <N>",
            "--overwrite", "--max-error-rate <SHARE>", "[default: 5%]", "--max-pixels <N>", "--max-file-size <SIZE>", "--time-limit <SECONDS>", "[default: 120]",
            "--grace <SECONDS>", "[default: 25]", "--max-faults <N>", "[default: 20]", "--min-free <SIZE>", "--log <json|text>", "--kl-threshold", "--gpu",
            "verify", "merge", "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AZ_BATCH_TASK_ID", "DIFFSEG_SHARD=I/N", "CUDA_VISIBLE_DEVICES",
            "75 not possible here and now", "143 stopped by SIGTERM or SIGUSR1",
        })
        {
            Assert.Contains(part, words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("verify", "0 complete and consistent")]
    [InlineData("verify", "--redo Mark chunks that are damaged or do not fit as not done")]
    [InlineData("merge", "diffseg batch merge out --json statistics.json")]
    public async Task Its_commands_teach_too(string command, string part)
    {
        string output = (await _tool.Run("batch", command, "--help")).Output;
        Assert.Contains(part, string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format", "zip", "--format takes png-tar or coco-rle or parquet, not 'zip'.")]
    [InlineData("--chunk-size", "0", "--chunk-size takes a number of images from 1 to 1000000, not '0'.")]
    [InlineData("--shard", "5/4", "--shard takes a part such as 2/4, not '5/4'.")]
    [InlineData("--shards", "0", "--shards takes a number of parts from 1 to 9999, not '0'.")]
    [InlineData("--time-limit", "0", "--time-limit takes a number of seconds above 0, not '0'.")]
    [InlineData("--grace", "soon", "--grace takes a number of seconds above 0, not 'soon'.")]
    [InlineData("--max-error-rate", "2", "--max-error-rate takes a share of the images such as 5% or 0.05, not '2'.")]
    [InlineData("--max-pixels", "0", "--max-pixels takes a number of pixels from 1, not '0'.")]
    [InlineData("--min-free", "1 XB", "--min-free takes a size such as 256MB, not '1 XB'.")]
    [InlineData("--max-file-size", "-1", "--max-file-size takes a size such as 256MB, not '-1'.")]
    [InlineData("--log", "xml", "--log takes json or text, not 'xml'.")]
    public async Task Wrong_values_are_named(string option, string value, string expected)
    {
        (int code, _, string error) = await _tool.Run("batch", "x.jpg", "-o", "out", option, value);

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_must_be_named() =>
        Assert.Contains("--output", (await _tool.Run("batch", "x.jpg")).Error, StringComparison.Ordinal);
}
