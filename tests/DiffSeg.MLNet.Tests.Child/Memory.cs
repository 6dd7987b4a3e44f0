using System.Diagnostics;
using System.Globalization;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>How much memory row after row takes.</summary>
internal static class Memory
{
    private const int Rounds = 8;
    private const int Rows = 8;

    /// <summary>Resident and managed bytes after each round of rows.</summary>
    public static string[] Measure(string form, string pictures, string modelPath)
    {
        var ml = new MLContext();
        ImageSource[] files = [.. ImageSource.FromFolder(pictures)];
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rounds * Rows).Select(i => files[i % files.Length]));
        ITransformer model = ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
        {
            AnchorsPerSide = 4,
            Size = MaskSize.Original,
        }, scoring: new() { LookAhead = 2 }, useApplyOnnxModel: form == "onnx").Fit(data);
        if (form == "loaded")
        {
            ml.Model.Save(model, data.Schema, modelPath);
            model = ml.Model.Load(modelPath, out _);
        }

        IDataView result = model.Transform(data);
        DataViewSchema.Column[] columns = RowValues.Columns(result.Schema, ["Mask"]);
        using DataViewRowCursor cursor = result.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        List<string> lines = [];
        for (int row = 1; cursor.MoveNext(); row++)
        {
            read();
            if (row % Rows == 0)
            {
                long managed = GC.GetTotalMemory(forceFullCollection: true);
                long resident = Process.GetCurrentProcess().WorkingSet64;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{resident} {managed}"));
            }
        }

        return [.. lines];
    }
}
