using System.Globalization;
using DiffSeg.MLNet.Tests.Child;

// Arguments: the file to write, then the job: run MODEL DATA COLUMNS, measure fresh|loaded|onnx PICTURES MODEL,
// save-batch OUTPUT, fuzz-pictures FOLDER, fuzz-models FOLDER FIRST END LEFT-OUT, or throughput demo|MODEL PICTURES ROWS ROUNDS KINDS.
string[] lines = args[1] switch
{
    "run" => LoadedModel.Run(args[2], args[3], args[4..]),
    "measure" => Memory.Measure(args[2], args[3], args[4]),
    "save-batch" => SavedBatch.Measure(args[2]),
    "fuzz-pictures" => PictureFuzz.Run(args[2]),
    "fuzz-models" => ModelFuzz.Run(args[2], Number(args[3]), Number(args[4]), args[5..].Select(Number)),
    _ => Throughput.Measure(args[2], args[3], Number(args[4]), Number(args[5]), args[6..]),
};
File.WriteAllLines(args[0], lines);

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
