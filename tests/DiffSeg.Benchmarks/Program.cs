using BenchmarkDotNet.Running;
using DiffSeg.Benchmarks;

// dotnet run -c Release --project tests/DiffSeg.Benchmarks -- --list flat            what there is
// dotnet run -c Release --project tests/DiffSeg.Benchmarks -- --filter '*Whole*'     one set; tables in artifacts/benchmarks
BenchmarkSwitcher.FromAssembly(typeof(InputName).Assembly).Run(args, new BenchmarkConfig());
