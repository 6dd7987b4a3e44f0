using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.DataSets;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "eval".</summary>
internal sealed class EvalCommand
{
    private const int LargestSide = 4096;

    private readonly Argument<DataSetName> _dataSet = new("dataset")
    {
        Description = $"The data set: {string.Join(", ", DataSetOpener.Words.Select(pair => pair.Word))}.",
        HelpName = "dataset",
        CustomParser = ReadDataSet,
    };

    private readonly Option<string> _root = new("--root")
    {
        Description = "The data set's folder, laid out as it is downloaded; for folder: with images, labels and classes.txt in it.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "Part of the data set: coco-stuff-27 curated (the 2,175 images of the papers) or all; cityscapes-27 val or train; bsds500 test, val or train. [default: the first]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _classes = new("--classes")
    {
        Description = "Class file of the data set folder, in place of its classes.txt.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "Attention model; given again, the others are compared with the first. [default: demo]",
        HelpName = ModelSource.HelpName,
    };

    private readonly Option<int?> _gpu = GpuOption.Create();

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads to use at most; all cores if not given.",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, 1024, "a number of threads from 1 to 1024"),
    };

    private readonly Option<IReadOnlyList<MethodKind>> _methods = new("--method")
    {
        Description = $"Methods to compare: {string.Join(", ", MethodFacts.Words.Select(pair => pair.Word))}, or all. [default: diffseg]",
        HelpName = "NAME,NAME",
        CustomParser = ReadMethods,
    };

    private readonly Option<IReadOnlyList<SweepRequest>> _sweeps = new("--sweep")
    {
        Description = $"Try DiffSeg with other values of a setting: {string.Join(", ", SweepFacts.Words.Select(pair => pair.Word))}; alone, or with values as in threshold=0.7:1.3:0.1 or anchors=8,16. May be given again.",
        HelpName = "NAME[=VALUES]",
        CustomParser = ReadSweeps,
    };

    private readonly MergingOptions _merging = new(
        "DiffSeg's threshold. [default: as published for Stable Diffusion (COCO-Stuff 1.1, Cityscapes 0.9), else what the model recommends]");

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Take the first images only.",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, int.MaxValue, "a number of images from 1"),
    };

    private readonly Option<Shard?> _shard = new("--shard")
    {
        Description = "Do one part of the images: 2/4 is the second of four. 'diffseg eval merge' joins the parts.",
        HelpName = "I/N",
        CustomParser = result => Shard.Parse(Values.Text(result))
            ?? Values.Refuse<Shard?>(result, "a part such as 2/4"),
    };

    private readonly Option<MatchingScope> _matching = new("--matching")
    {
        Description = "Match segments with classes in each image, as DiffSeg's published code does, or once in the whole data set, as PiCIE and STEGO do. [default: image]",
        HelpName = "image|dataset",
        CustomParser = Values.Word<MatchingScope>(("image", MatchingScope.PerImage), ("dataset", MatchingScope.PerDataSet)),
    };

    private readonly Option<ImageFit?> _fit = new("--fit")
    {
        Description = "What of each picture is compared: crop takes the centre square, pad all of it. [default: crop where classes are compared, else pad]",
        HelpName = "crop|pad",
        CustomParser = Values.Word<ImageFit?>(("crop", ImageFit.Crop), ("pad", ImageFit.Pad)),
    };

    private readonly Option<int?> _size = new("--size")
    {
        Description = "Side in pixels at which mask and ground truth are compared, or original. [default: 512 with crop, original with pad]",
        HelpName = "N|original",
        CustomParser = ReadSize,
    };

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Keep the attention of each picture in this folder, and take it from there the next time (64 MB a picture and more).",
        HelpName = "DIR",
    };

    private readonly Option<string> _output = EvalOutput.Create();

    private readonly Option<bool> _restart = new("--restart")
    {
        Description = "Throw away what an earlier run has left in --output, instead of going on with it.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say only what went wrong.",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    /// <param name="merge">Carries "eval merge" out and returns the exit code.</param>
    public EvalCommand(Func<EvalRequest, CancellationToken, int> run, Func<MergeRequest, int> merge)
    {
        Merge = new EvalMergeCommand(merge);
        Command.Arguments.Add(_dataSet);
        foreach (Option option in (IEnumerable<Option>)
        [
            _root, _output, _split, _classes, _models, _methods, _sweeps, .. _merging.All, _limit,
            _shard, _matching, _fit, _size, _store, _restart, _gpu, _threads, _quiet,
        ])
        {
            Command.Options.Add(option);
        }

        Command.Subcommands.Add(Merge.Command);
        Command.SetAction((result, cancellation) => Task.FromResult(run(Read(result), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg eval coco-stuff-27 --root coco --model sd14 --method all --output results
          diffseg eval cityscapes-27 --root cityscapes --model sd14 --sweep threshold --output results
          diffseg eval folder --root camvid --classes camvid/label_colors.txt --limit 50 --output results
          diffseg eval coco-stuff-27 --root coco -m sd14 --shard 2/4 --output results    the second of four parts

        Results, in --output:
          report.html, report.md   tables beside the published figures, curves of the sweeps, a gallery, the machine
          metrics.json             all figures, for scripts
          journal.jsonl            what is done, image by image: the same command goes on where it was stopped
          masks, pictures          masks and ground truths of the first method, and the gallery's pictures

        The model runs once per picture, whatever the methods and sweeps; with --store once for all evaluations.
        Each picture that cannot be used is skipped, told, and named in the report.

        Exit codes:
          0  all images done          2    nothing begun: wrong argument, no data set, unusable model or folder
          1  some images skipped      130  stopped by Ctrl+C; the same command goes on
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("eval", "Measure the quality of masks on a data set, as the paper does.");

    /// <summary>The command "eval merge".</summary>
    public EvalMergeCommand Merge { get; }

    private EvalRequest Read(ParseResult result)
    {
        (float? klThreshold, int anchors, int iterations, bool refine) = _merging.Read(result);
        return new EvalRequest
        {
            DataSet = result.GetValue(_dataSet),
            Root = result.GetValue(_root)!,
            Split = result.GetValue(_split),
            Classes = result.GetValue(_classes),
            Models = result.GetValue(_models) is { Length: > 0 } models ? models : [ModelSource.Demo],
            Gpu = result.GetValue(_gpu),
            Threads = result.GetValue(_threads),
            Methods = result.GetValue(_methods) is { Count: > 0 } methods ? methods : [MethodKind.DiffSeg],
            Sweeps = result.GetValue(_sweeps) ?? [],
            KlThreshold = klThreshold,
            Anchors = anchors,
            Iterations = iterations,
            Refine = refine,
            Limit = result.GetValue(_limit),
            Shard = result.GetValue(_shard),
            Matching = result.GetValue(_matching),
            Fit = result.GetValue(_fit),
            Size = result.GetValue(_size),
            Store = result.GetValue(_store),
            Output = result.GetValue(_output)!,
            Restart = result.GetValue(_restart),
            Quiet = result.GetValue(_quiet),
        };
    }

    private static DataSetName ReadDataSet(ArgumentResult result)
    {
        string text = Values.Text(result);
        foreach ((string word, DataSetName name) in DataSetOpener.Words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        IReadOnlyList<string> words = [.. DataSetOpener.Words.Select(pair => pair.Word)];
        result.AddError($"There is no data set '{text}'; the data sets are {string.Join(", ", words)}.{Suggestion.For(text, words)}");
        return default;
    }

    private static IReadOnlyList<MethodKind> ReadMethods(ArgumentResult result)
    {
        IReadOnlyList<MethodKind> methods = MethodText.Parse(result.Tokens.Select(token => token.Value), out string? error);
        if (error is not null)
        {
            result.AddError(error);
        }

        return methods;
    }

    private static IReadOnlyList<SweepRequest> ReadSweeps(ArgumentResult result)
    {
        List<SweepRequest> sweeps = [];
        foreach (Token token in result.Tokens)
        {
            if (SweepText.Parse(token.Value, out string? error) is { } sweep)
            {
                sweeps.RemoveAll(other => other.Axis == sweep.Axis);
                sweeps.Add(sweep);
            }
            else
            {
                result.AddError(error!);
            }
        }

        return sweeps;
    }

    private static int? ReadSize(ArgumentResult result)
    {
        string text = Values.Text(result);
        return text.Equals("original", StringComparison.OrdinalIgnoreCase) ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 16 and <= LargestSide ? side
            : Values.Refuse<int?>(result, $"a side in pixels from 16 to {LargestSide}, or original");
    }
}
