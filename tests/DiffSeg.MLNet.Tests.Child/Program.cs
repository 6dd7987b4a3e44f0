using DiffSeg.MLNet;
using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;

// Loads a model, runs it over test data and writes what came out, for the parent process to compare.
// Arguments: the model, the file to write, the name of the data (TestData.Make), then the columns to read.
var ml = new MLContext();
ITransformer model = ml.Model.Load(args[0], out _);
IDataView result = model.Transform(TestData.Make(ml, args[2]));
string options = OptionsText.Of(DiffSegMaskTransformer.ReadOptions(model));
File.WriteAllLines(args[1], [options, .. RowValues.Read(result, args[3..])]);
(model as IDisposable)?.Dispose();
