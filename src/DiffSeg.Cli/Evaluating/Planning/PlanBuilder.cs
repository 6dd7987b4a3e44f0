using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>Works out the runs of an evaluation: the methods on every model, and the sweeps on the first model.</summary>
/// <param name="models">The models, the main one first.</param>
/// <param name="settings">DiffSeg's default setting on each model, in their order.</param>
internal sealed class PlanBuilder(IReadOnlyList<PlannedModel> models, IReadOnlyList<EvalSetting> settings)
{
    private readonly List<PlannedRun> _runs = [];
    private readonly List<Sweep> _sweeps = [];

    /// <summary>Works them out.</summary>
    /// <param name="methods">The methods, in the order of the report; at least one.</param>
    /// <param name="sweeps">The sweeps.</param>
    /// <exception cref="SetupException">A value does not fit the main model.</exception>
    public EvalPlan Build(IReadOnlyList<MethodKind> methods, IReadOnlyList<SweepRequest> sweeps)
    {
        for (int i = 0; i < models.Count; i++)
        {
            foreach (MethodKind method in methods.Where(method => i == 0 || method.NeedsAttention()))
            {
                string ofModel = i == 0 ? "" : $", {models[i].Name}";
                Add(Setting(method, i), method.Title() + ofModel, sweepOnly: false);
            }
        }

        foreach (SweepRequest sweep in sweeps)
        {
            Add(sweep);
        }

        if (models.Count > 1)
        {
            AddModels();
        }

        return new EvalPlan(_runs, _sweeps);
    }

    private EvalSetting Setting(MethodKind method, int model) => settings[model] with
    {
        Method = method,
        Model = method.NeedsAttention() ? models[model].Name : null,
    };

    private string Add(EvalSetting setting, string name, bool sweepOnly)
    {
        if (_runs.FirstOrDefault(run => run.Setting.Key == setting.Key) is { } known)
        {
            return known.Name;
        }

        _runs.Add(new PlannedRun(name, setting, sweepOnly));
        return name;
    }

    private void Add(SweepRequest sweep)
    {
        SweepAxis axis = sweep.Axis;
        EvalSetting main = Setting(MethodKind.DiffSeg, 0);
        IReadOnlyList<decimal> values = sweep.Values ?? axis.UsualValues(main, models[0].Sides);
        Check(axis, values);
        List<SweepPoint> points = [];
        foreach (decimal value in values)
        {
            EvalSetting setting = main.With(axis, value);
            string label = axis.Label(value);
            string run = Add(setting, $"{MethodKind.DiffSeg.Title()}, {Described(axis, label)}", sweepOnly: true);
            double? number = axis is SweepAxis.Weights or SweepAxis.Refine ? null : (double)value;
            points.Add(new SweepPoint(label, number, run, setting.Key == main.Key));
        }

        _sweeps.Add(new Sweep(axis.Word(), axis.Title(), points));
    }

    private static string Described(SweepAxis axis, string label) => axis switch
    {
        SweepAxis.Weights => $"weights {label}",
        SweepAxis.Resolution => $"{label} x {label}",
        SweepAxis.Threshold => $"{axis.Title()} {label}",
        SweepAxis.Anchors => $"{label} anchors per side",
        SweepAxis.Iterations => $"{label} {(label == "1" ? "iteration" : "iterations")}",
        _ => $"refinement {label}",
    };

    private void Check(SweepAxis axis, IReadOnlyList<decimal> values)
    {
        PlannedModel model = models[0];
        if (axis == SweepAxis.Anchors && values.FirstOrDefault(value => value > model.Sides[0]) is > 0 and var most)
        {
            throw new SetupException(
                $"--sweep anchors: {most} is more than the attention of '{model.Name}' has positions per side; give 2 to {model.Sides[0]}.");
        }

        if (axis == SweepAxis.Resolution && settings[0].Size is null)
        {
            throw new SetupException("--sweep resolution: the pictures are compared at their own size; give --fit crop and a --size.");
        }

        if (axis != SweepAxis.Weights)
        {
            return;
        }

        string sides = string.Join(", ", model.Sides);
        if (model.Sides.Count == 1)
        {
            throw new SetupException(
                $"--sweep weights: '{model.Name}' gives attention of one resolution ({sides}) only, aggregated in its graph. Use a model of the form resolutions.");
        }

        if (values.FirstOrDefault(value => value > 0 && !model.Sides.Contains((int)value)) is > 0 and var strange)
        {
            throw new SetupException($"--sweep weights: '{model.Name}' has no attention of side {strange}; its sides are {sides}.");
        }
    }

    // Time steps where every model has one, and no two the same; names where not.
    private void AddModels()
    {
        int?[] steps = [.. models.Select(model => model.Model.TimeStep)];
        bool byStep = steps.All(step => step is not null) && steps.Distinct().Count() == steps.Length;
        IEnumerable<int> order = Enumerable.Range(0, models.Count);
        List<SweepPoint> points = [];
        foreach (int i in byStep ? order.OrderBy(i => steps[i]) : order)
        {
            string run = Add(Setting(MethodKind.DiffSeg, i), $"{MethodKind.DiffSeg.Title()}, {models[i].Name}", sweepOnly: true);
            string label = byStep ? steps[i]!.Value.ToString(CultureInfo.InvariantCulture) : models[i].Name;
            points.Add(new SweepPoint(label, byStep ? steps[i] : null, run, i == 0));
        }

        _sweeps.Add(byStep ? new Sweep("time-step", "Time step", points) : new Sweep("model", "Model", points));
    }
}
