using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.CommandLine;

public class HelpTests
{
    private readonly ToolRun _tool = new(".");

    [Fact]
    public async Task Help_of_the_tool_lists_commands_and_first_steps()
    {
        (int code, string output, string error) = await _tool.Run("--help");

        Assert.Equal((0, ""), (code, error));
        foreach (string part in new[] { "Zero-shot image segmentation", "segment <images>", "model", "doctor", "First steps:", "diffseg segment photos" })
        {
            Assert.Contains(part, output);
        }
    }

    [Fact]
    public async Task No_arguments_at_all_give_the_help()
    {
        (int code, string output, _) = await _tool.Run();

        Assert.Equal((0, (await _tool.Run("--help")).Output), (code, output));
    }

    [Fact]
    public async Task Help_of_segment_teaches_every_option_with_its_default()
    {
        (int code, string output, _) = await _tool.Run("segment", "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string option in new[]
        {
            "-r, --recursive", "-o, --output <DIR>", "--overlay", "--no-overlay", "--opacity <SHARE>", "--json", "-q, --quiet",
            "-m, --model <demo|NAME|FILE>", "--gpu <ID>", "--threads <N>", "--kl-threshold <NUMBER>", "--anchors <N>",
            "--iterations <N>", "--refine", "--fit <pad|crop>", "--size <original|model|WxH>", "--min-region <SHARE>", "--regions",
            "--point <X,Y>", "--background-point <X,Y>",
        })
        {
            Assert.Contains(option, output);
        }

        foreach (string text in new[]
        {
            "[default: masks]", "[default: demo]", "[default: what the model recommends]", "[default: 16]", "[default: 3]",
            "[default: pad]", "[default: original]", "[default: 0.5%]", "[default: 0.5]",
            "Examples:", "Results, for photos/cat.jpg:", "Exit codes:", "130 stopped by Ctrl+C",
        })
        {
            Assert.Contains(text, words);
        }
    }

    [Theory]
    [InlineData("list", "DIFFSEG_HOME")]
    [InlineData("pull", "--accept-licence", "--size <N|WxH>", "--weights <fp32|fp16|int8>", "--keep-export", "--token <TOKEN>", "--mirror <URL>", "--offline", "HF_TOKEN", "DIFFSEG_MIRROR", "HF_ENDPOINT", "DIFFSEG_OFFLINE=1", "HF_HUB_OFFLINE=1", "HTTPS_PROXY", "1 download or building failed")]
    [InlineData("build", "-o, --output <FILE> (REQUIRED)", "--size <N|WxH>", "--form <aggregated|merged|resolutions|layers|raw>", "--anchors <N>", "--batch <N|free>", "--timestep <N>", "[default: 300]", "--prompt-embedding <FILE>", "--vae <DIR|FILE>", "--text-encoder <DIR|FILE>", "--weights <fp32|fp16|int8>", "--kl-threshold <NUMBER>", "2 not built, the line says why")]
    [InlineData("verify", "<demo|NAME|FILE>", "--photo <IMAGE>", "--gpu <ID>", "1 it does not give attention")]
    [InlineData("info", "<demo|NAME|FILE>", "2 no such model, or no attention model")]
    public async Task Help_of_the_model_commands_teaches_every_option(string command, params string[] parts)
    {
        (int code, string output, _) = await _tool.Run("model", command, "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string part in parts)
        {
            Assert.Contains(part, words);
        }
    }

    [Theory]
    [InlineData("model", "info", "diffseg model info demo")]
    [InlineData("doctor", "--help", "everything needed works")]
    [InlineData("bench", "--help", "diffseg bench cat.jpg -m sd15 --threads 8 --json bench.json")]
    [InlineData("eval", "merge", "diffseg eval merge part1 part2 part3 part4 --output results")]
    public async Task Other_commands_teach_too(string command, string argument, string part) =>
        Assert.Contains(part, (await _tool.Run(command, argument, "--help")).Output);

    [Fact]
    public async Task Help_of_eval_teaches_every_option_with_its_default()
    {
        (int code, string output, _) = await _tool.Run("eval", "--help");
        string words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, code);
        foreach (string part in new[]
        {
            "coco-stuff-27, cityscapes-27, bsds500, ecssd, folder", "--root <DIR> (REQUIRED)", "-o, --output <DIR> (REQUIRED)", "--split <NAME>", "--classes <FILE>",
            "-m, --model <demo|NAME|FILE>", "--method <NAME,NAME>", "diffseg, kmeans-c, kmeans-s, kmeans-n, dbscan, one-segment, colour-position, or all. [default: diffseg]",
            "--sweep <NAME[=VALUES]>", "threshold, weights, anchors, iterations, refine, resolution", "--kl-threshold <NUMBER>", "--anchors <N>", "[default: 16]",
            "--iterations <N>", "[default: 3]", "--refine", "--limit <N>", "--shard <I/N>", "--matching <image|dataset>", "--fit <crop|pad>", "--size <N|original>",
            "--store <DIR>", "--restart", "--gpu <ID>", "--threads <N>", "-q, --quiet", "merge", "metrics.json", "130 stopped by Ctrl+C; the same command goes on",
        })
        {
            Assert.Contains(part, words);
        }
    }

    [Fact]
    public async Task Help_wins_over_a_wrong_command_line() =>
        Assert.Equal(0, (await _tool.Run("segment", "--anchors", "x", "--help")).Code);

    [Fact]
    public async Task Version_is_told()
    {
        (int code, string output, _) = await _tool.Run("--version");

        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData(" batch verify <folder> [options]", "batch", "verify")]
    [InlineData(" batch merge <folder> [options]", "batch", "merge")]
    [InlineData(" eval merge <folders>... [options]", "eval", "merge")]
    public async Task Command_does_not_take_what_the_one_above_it_takes(string usage, params string[] command)
    {
        (int code, string output, _) = await _tool.Run([.. command, "--help"]);

        Assert.Equal(0, code);
        Assert.Contains(usage, output, StringComparison.Ordinal);
        Assert.DoesNotContain("<images>", output, StringComparison.Ordinal);
        Assert.DoesNotContain("<dataset>", output, StringComparison.Ordinal);
    }
}
