#:project ../src/DiffSeg.Onnx/DiffSeg.Onnx.csproj

// Rebuilds the demo attention model beside this file: dotnet run models/build-demo.cs
using DiffSeg.Onnx;

string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
string path = Path.Combine(folder, "demo-attention.onnx");
byte[] model = DemoAttentionModel.Build();
File.WriteAllBytes(path, model);
Console.WriteLine($"{path}: {model.Length:N0} bytes");
