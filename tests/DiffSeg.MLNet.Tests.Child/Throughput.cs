using System.Diagnostics;
using System.Globalization;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>Rows per second of the ready-made chain, with ML.NET's scoring step and with ours, in turns.</summary>
internal static class Throughput
{
    private const string Theirs = "onnx";

    /// <summary>
    /// For each kind of scoring: seconds and processor seconds per row, the median round of them, and the peak of the
    /// process so far.
    /// </summary>
    /// <param name="model">"demo" or the path of an attention model.</param>
    /// <param name="pictures">A folder of pictures.</param>
    /// <param name="rows">Rows in a round; pictures come again when they are fewer.</param>
    /// <param name="rounds">Rounds; the kinds take turns in each. One more is the warm-up.</param>
    /// <param name="kinds">"onnx" for ApplyOnnxModel, or the number of rows that ApplyAttentionModel looks ahead.</param>
    public static string[] Measure(string model, string pictures, int rows, int rounds, string[] kinds)
    {
        var ml = new MLContext();
        AttentionModel attention = model == "demo" ? AttentionModel.Demo : AttentionModel.Load(model);
        ImageSource[] files = [.. ImageSource.FromFolder(pictures)];
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => files[i % files.Length]));
        ITransformer[] chains = [.. kinds.Select(kind => Chain(ml, attention, kind).Fit(data))];
        List<(double Wall, double Processor)>[] times = [.. kinds.Select(_ => new List<(double, double)>())];
        string[] masks = new string[kinds.Length];
        for (int round = 0; round <= rounds; round++)
        {
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                using var process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                long start = Stopwatch.GetTimestamp();
                masks[kind] = string.Join('|', RowValues.Read(chains[kind].Transform(data), "Mask"));
                double wall = Stopwatch.GetElapsedTime(start).TotalSeconds / rows;
                process.Refresh();
                times[kind].Add((wall, (process.TotalProcessorTime - before).TotalSeconds / rows));
            }
        }

        Array.ForEach(chains, chain => (chain as IDisposable)?.Dispose());
        using var end = Process.GetCurrentProcess();
        return
        [
            .. kinds.Select((kind, i) => string.Create(
                CultureInfo.InvariantCulture,
                $"{kind} {Median(times[i].Skip(1).Select(t => t.Wall)):F4} {Median(times[i].Skip(1).Select(t => t.Processor)):F4} "
                + $"{times[i].Skip(1).Min(t => t.Wall):F4} {end.PeakWorkingSet64} {masks[i] == masks[0]}")),
        ];
    }

    private static DiffSegEstimator Chain(MLContext ml, AttentionModel model, string kind)
    {
        var options = new DiffSegMaskOptions { Size = MaskSize.Original };
        return kind == Theirs
            ? ml.Transforms.DiffSeg("Mask", "ImagePath", model, options, useApplyOnnxModel: true)
            : ml.Transforms.DiffSeg(
                "Mask", "ImagePath", model, options, scoring: new() { LookAhead = int.Parse(kind, CultureInfo.InvariantCulture) });
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
