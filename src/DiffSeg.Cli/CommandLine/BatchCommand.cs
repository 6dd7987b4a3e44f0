using System.CommandLine;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Logging;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "batch".</summary>
internal sealed class BatchCommand
{
    private readonly InputOptions _inputs = new(
        "Pictures, folders, patterns such as \"photos/**/*.jpg\" (in quotes), lists of pictures (.txt, .csv, .jsonl), or - for a list on standard input.");

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder of the batch; made if it is not there, gone on with if it is.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<BatchFormat> _format = new("--format")
    {
        Description = "How masks are written: png-tar, a tar of label PNGs per chunk; coco-rle, JSON lines with the compressed run lengths of COCO; parquet, a table of the same. [default: png-tar]",
        HelpName = "png-tar|coco-rle|parquet",
        CustomParser = Values.Word<BatchFormat>(
            ("png-tar", BatchFormat.LabelPngTar), ("coco-rle", BatchFormat.CocoRle), ("parquet", BatchFormat.Parquet)),
    };

    private readonly Option<int> _chunkSize = new("--chunk-size")
    {
        Description = "Images per chunk: what is written at once, and lost when the process is killed.",
        HelpName = "N",
        CustomParser = Values.Whole(1, 1_000_000, "a number of images from 1 to 1000000"),
        DefaultValueFactory = _ => 1000,
    };

    private readonly Option<Shard?> _shard = new("--shard")
    {
        Description = "Do one part: 2/4 is every fourth chunk from the second on. [default: what the scheduler says, see below]",
        HelpName = "I/N",
        CustomParser = result => Shard.Parse(Values.Text(result)) ?? Values.Refuse<Shard?>(result, "a part such as 2/4"),
    };

    private readonly Option<int?> _shards = new("--shards")
    {
        Description = $"Number of parts, where the scheduler tells only the number of the task, counted from 0. [default: {ShardChoice.CountVariable}]",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, Shard.Most, $"a number of parts from 1 to {Shard.Most}"),
    };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Throw away a batch with other settings that is in --output, instead of refusing.",
    };

    private readonly ModelOptions _model = new();
    private readonly MaskOptions _mask = new();
    private readonly GuardOptions _guards = new();

    private readonly Option<LogForm?> _log = LogOption.Create();

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Log only what went wrong, and write no summary.",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    /// <param name="verify">Carries "batch verify" out and returns the exit code.</param>
    /// <param name="merge">Carries "batch merge" out and returns the exit code.</param>
    public BatchCommand(
        Func<BatchRequest, CancellationToken, int> run, Func<BatchVerifyRequest, CancellationToken, int> verify, Func<BatchFolderRequest, int> merge)
    {
        Verify = new BatchVerifyCommand(verify);
        Merge = new BatchMergeCommand(merge);
        _inputs.AddTo(Command);
        foreach (Option option in new Option[] { _output, _format, _chunkSize, _shard, _shards, _overwrite })
        {
            Command.Options.Add(option);
        }

        _model.AddTo(Command);
        _mask.AddTo(Command);
        _guards.AddTo(Command);
        Command.Options.Add(_log);
        Command.Options.Add(_quiet);
        Command.Subcommands.Add(Verify.Command);
        Command.Subcommands.Add(Merge.Command);
        Command.SetAction((result, cancellation) => Task.FromResult(run(Read(result), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => $"""
        Examples:
          diffseg batch photos -o out                            all pictures of a folder; killed, it goes on when started again
          diffseg batch list.csv -o out --format coco-rle        the pictures of a list: columns path and, if you like, id
          find . -name "*.jpg" | diffseg batch - -o out          the pictures of another program
          diffseg batch list.txt -o out --shard 2/4              the second of four parts, all into one folder
          diffseg batch verify out                               is every image there, exactly once, with the right bytes?

        Results, in --output: batch.json (what was asked), and for each chunk of images
          chunk-000000.tar             000000012.png is the mask of image 12 of the list, counted from 0; or .coco.jsonl, .parquet
          chunk-000000.status.jsonl    a line per image, in order: ok and its size, or failed and the reason
          chunk-000000.done            written last: this chunk is whole, and never written again
          heartbeat-1-of-1.json        where the process is, every 3 seconds
        The bytes are the same whichever way they came about: one process or many, killed or not, with any number of threads.

        Which part: --shard; else {ShardChoice.PartVariable}=I/N; else of a Slurm job array SLURM_ARRAY_TASK_ID with _MIN, _COUNT and
        _STEP; else, with --shards N, the task counted from 0 in SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX (Kubernetes) or at the
        end of AZ_BATCH_TASK_ID (Azure Batch). The first line of the log says which part was taken, and from where.
        One process per GPU: give each a part, and its GPU by CUDA_VISIBLE_DEVICES and --gpu 0.

        Asked to stop (SIGTERM, SIGUSR1, Ctrl+C), it finishes the image in hand, and the chunk in hand if --grace is enough
        for it at the rate so far; else the chunk is dropped, and done again next time.

        Exit codes:
          0    all images of the part have a result; no more failed than --max-error-rate allows
          1    all images of the part have a result; more failed
          2    not begun: wrong argument, no images, unusable model or folder. Never try again without a change
          70   a bug in diffseg
          75   not possible here and now: disk full, GPU or file system failing, an image that took too long (it is
               left out next time), images out of reach, another process at the same part. Try again; what is done is kept
          130  stopped by Ctrl+C    143  stopped by SIGTERM or SIGUSR1. The same command goes on
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("batch", "Segment any number of pictures, on one machine or many; goes on where it was killed.");

    /// <summary>The command "batch verify".</summary>
    public BatchVerifyCommand Verify { get; }

    /// <summary>The command "batch merge".</summary>
    public BatchMergeCommand Merge { get; }

    private BatchRequest Read(ParseResult result)
    {
        DiffSegMaskOptions mask = _mask.Read(result);
        mask.Limits = _guards.Limits(result);
        return new BatchRequest
        {
            Input = _inputs.Read(result),
            Model = _model.Read(result),
            Mask = mask,
            Output = result.GetValue(_output)!,
            Format = result.GetValue(_format),
            ChunkSize = result.GetValue(_chunkSize),
            Shard = result.GetValue(_shard),
            Shards = result.GetValue(_shards),
            Overwrite = result.GetValue(_overwrite),
            Guards = _guards.Read(result),
            Log = result.GetValue(_log),
            Quiet = result.GetValue(_quiet),
        };
    }
}
