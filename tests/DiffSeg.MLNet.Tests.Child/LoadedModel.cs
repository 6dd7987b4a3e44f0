using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>Loads a model and runs it over test data.</summary>
internal static class LoadedModel
{
    /// <summary>The options of the loaded masks, then a line for every row.</summary>
    public static string[] Run(string path, string data, string[] columns)
    {
        var ml = new MLContext();
        ITransformer model = ml.Model.LoadChecked(path, out _);
        IDataView result = model.Transform(TestData.Make(ml, data));
        string[] lines = [OptionsText.Of(DiffSegMaskTransformer.ReadOptions(model)), .. RowValues.Read(result, columns)];
        (model as IDisposable)?.Dispose();
        return lines;
    }
}
