using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.Cli.Evaluating.DataSets;
using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Evaluating;

/// <summary>What is evaluated, worked out and checked from what was asked; nothing is written yet.</summary>
internal sealed class Evaluation : IDisposable
{
    private ModelSession? _first;

    /// <summary>Works it out.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="workingDirectory">What relative paths start from.</param>
    /// <param name="source">Finds models.</param>
    /// <exception cref="SetupException">Something is missing, or does not fit.</exception>
    public Evaluation(EvalRequest request, string workingDirectory, ModelSource source)
    {
        Request = request;
        Root = Path.GetFullPath(request.Root, workingDirectory);
        Folder = Path.GetFullPath(request.Output, workingDirectory);
        Store = request.Store is { } store ? Path.GetFullPath(store, workingDirectory) : null;
        Set = DataSetOpener.Open(request, workingDirectory);
        Options = Set.Options(request.Matching);
        Compared = new ComparedSize(request.Fit ?? Set.UsualFit);
        Models = [.. request.Models.Distinct().Select(name => ModelLoader.Load(name, source, Compared.Fit))];
        int? size = SizeOf(request);
        Thresholds = [.. Models.Select(model => request.KlThreshold is { } asked ? (asked, "asked for") : Set.UsualThreshold(model))];
        Settings = [.. Models.Zip(Thresholds, (model, threshold) => new EvalSetting
        {
            Method = MethodKind.DiffSeg,
            Model = model.Name,
            KlThreshold = threshold.Threshold,
            Anchors = request.Anchors,
            Iterations = request.Iterations,
            Refine = request.Refine,
            Size = size,
        })];
        CheckAnchors();
        Plan = new PlanBuilder(Models, Settings).Build(request.Methods, request.Sweeps);
    }

    /// <summary>What was asked.</summary>
    public EvalRequest Request { get; }

    /// <summary>Full path of the data set.</summary>
    public string Root { get; }

    /// <summary>Full path of the folder of results.</summary>
    public string Folder { get; }

    /// <summary>Full path of the folder of kept attention; null for none.</summary>
    public string? Store { get; }

    /// <summary>The data set.</summary>
    public EvaluationSet Set { get; }

    /// <summary>What is measured.</summary>
    public EvaluationOptions Options { get; }

    /// <summary>What of each picture is compared.</summary>
    public ComparedSize Compared { get; }

    /// <summary>The models, the main one first.</summary>
    public IReadOnlyList<PlannedModel> Models { get; }

    /// <summary>The KL threshold on each model, and whose it is.</summary>
    public IReadOnlyList<(float Threshold, string Origin)> Thresholds { get; }

    /// <summary>DiffSeg's default setting on each model.</summary>
    public IReadOnlyList<EvalSetting> Settings { get; }

    /// <summary>The runs.</summary>
    public EvalPlan Plan { get; }

    /// <summary>The part of the images.</summary>
    public Shard Shard => Request.Shard ?? Shard.Whole;

    /// <summary>Positions of the runs that are done while a model's attention is at hand.</summary>
    /// <param name="model">The model's position.</param>
    public IEnumerable<int> RunsOf(int model) => Plan.Runs.Index()
        .Where(run => run.Item.Setting.Model == Models[model].Name || (run.Item.Setting.Model is null && model == 0))
        .Select(run => run.Index);

    /// <summary>Opens the main model, unless its attention may all be on the disk.</summary>
    /// <exception cref="SetupException">ONNX Runtime cannot run it.</exception>
    public void OpenFirst()
    {
        _first = Session(0);
        if (Store is null)
        {
            _first.Open();
        }
    }

    /// <summary>A model to run; to be disposed.</summary>
    /// <param name="model">The model's position.</param>
    public ModelSession Session(int model) => model == 0 && _first is not null
        ? _first
        : new ModelSession(Models[model].Model, Request.Gpu, Request.Threads);

    /// <summary>Closes the main model.</summary>
    public void Dispose() => _first?.Dispose();

    private int? SizeOf(EvalRequest request)
    {
        if (Compared.Fit == ImageFit.Crop)
        {
            return request.Size is { } side ? side == 0 ? null : side : EvaluationSet.PublishedSize;
        }

        return request.Size is null or 0
            ? null
            : throw new SetupException($"--size {request.Size}: whole pictures are compared at their own size; give --fit crop, or --size original.");
    }

    private void CheckAnchors()
    {
        foreach (PlannedModel model in Models.Where(model => Request.Anchors > model.Sides[0]))
        {
            throw new SetupException(
                $"--anchors {Request.Anchors} is more than the attention of '{model.Name}' has positions per side, {model.Sides[0]}; give 2 to {model.Sides[0]}.");
        }
    }
}
