using System.CommandLine;
using System.CommandLine.Parsing;
using DiffSeg.Cli.Benchmarking;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "bench".</summary>
internal sealed class BenchCommand
{
    private const int LargestSide = 128;

    private readonly Argument<string[]> _images = new("images")
    {
        Description = "Pictures, folders of pictures, or patterns; the attention that models give for them is measured too.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "Attention model for the pictures; may be given again. [default: demo, and sam2-hiera-tiny where it has been pulled]",
        HelpName = ModelSource.HelpName,
    };

    private readonly Option<int> _side = new("--side")
    {
        Description = "Side of the map of the input that comes from a formula.",
        HelpName = "N",
        CustomParser = ReadSide,
        DefaultValueFactory = _ => 64,
    };

    private readonly Option<int[]> _threads = new("--threads")
    {
        Description = "Numbers of threads to measure with. [default: 1 and all cores]",
        HelpName = "N,N",
        CustomParser = ReadThreads,
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often everything has its turn.",
        HelpName = "N",
        CustomParser = Values.Whole(1, 1000, "a whole number from 1 to 1000"),
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<string?> _json = new("--json")
    {
        Description = "Also write all figures to this file.",
        HelpName = "FILE",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public BenchCommand(Func<BenchRequest, CancellationToken, int> run)
    {
        Command.Arguments.Add(_images);
        foreach (Option option in new Option[] { _models, _side, _threads, _rounds, _json })
        {
            Command.Options.Add(option);
        }

        Command.SetAction((result, cancellation) => Task.FromResult(run(Read(result), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg bench                             a made-up picture: half a minute
          diffseg bench cat.jpg dog.jpg             two photos besides: a minute and a half
          diffseg bench cat.jpg -m sd15 --threads 8 --json bench.json

        Measured is the way from a model's attention to a mask of 512 x 512 with 256 anchors, without the model, in turns
        with: the two dense matrix products of the first iteration alone, by ONNX Runtime; the whole by these two products;
        and the whole as published, array by array and fused (on maps up to 64 x 64).
        Close other programs: they take part in the race.

        "copying" says how fast a stage is for what it must at least read and write, 100% being what this machine copies;
        "products", how fast for the multiplications of its plain form, 100% being ONNX Runtime's dense products.

        Exit codes:
          0  measured      2  nothing was measured, the line says why      130  stopped by Ctrl+C
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("bench", "Measure on this machine how long the post-processing takes, against yardsticks.");

    private BenchRequest Read(ParseResult result) => new(
        result.GetValue(_images) ?? [],
        result.GetValue(_models) ?? [],
        result.GetValue(_side),
        result.GetValue(_threads) is { Length: > 0 } threads ? threads : [.. new[] { 1, Environment.ProcessorCount }.Distinct()],
        result.GetValue(_rounds),
        result.GetValue(_json));

    // Four levels, each half the one before.
    private static int ReadSide(ArgumentResult result) =>
        int.TryParse(Values.Text(result), out int side) && side is >= 16 and <= LargestSide && side % 8 == 0
            ? side
            : Values.Refuse<int>(result, $"a multiple of 8 from 16 to {LargestSide}");

    private static int[] ReadThreads(ArgumentResult result)
    {
        int[] threads = [.. Values.Text(result).Split(',').Select(part => int.TryParse(part, out int value) ? value : 0)];
        return threads.All(value => value is >= 1 and <= 1024)
            ? [.. threads.Distinct()]
            : Values.Refuse<int[]>(result, "numbers of threads from 1 to 1024 such as 1,2");
    }
}
