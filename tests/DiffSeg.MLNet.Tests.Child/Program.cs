using DiffSeg.MLNet.Tests.Child;

// Arguments: the file to write, then the job: run MODEL DATA COLUMNS, or measure fresh|loaded PICTURES MODEL.
string[] lines = args[1] == "run" ? LoadedModel.Run(args[2], args[3], args[4..]) : Memory.Measure(args[2], args[3], args[4]);
File.WriteAllLines(args[0], lines);
