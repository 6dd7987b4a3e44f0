using DiffSeg.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
var path = args[0];
var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
var g = model.Graph;
Console.WriteLine($"ir {model.IrVersion} opsets {string.Join(",", model.OpsetImport.Select(o=>o.Domain+":"+o.Version))} nodes {g.Node.Count} init {g.Initializer.Count} value_info {g.ValueInfo.Count}");
// fix input dims
long[] Dim(string n)=> n switch { "sample" => [1,4,64,64], "timestep"=>[1], "encoder_hidden_states"=>[1,77,8], _=>[] };
foreach (var i in g.Input) {
  var s=i.Type.TensorType.Shape; var d=Dim(i.Name); 
  for(int k=0;k<s.Dim.Count;k++){ s.Dim[k]=new TensorShapeProto.Types.Dimension{DimValue=d[k]}; }
}
g.ValueInfo.Clear();
// weights -> inputs
var keep=new List<TensorProto>();
foreach(var t in g.Initializer){
  long n=t.Dims.Aggregate(1L,(a,b)=>a*b);
  bool big = t.DataType is 1 or 10 && n>64;
  if(!big){ keep.Add(t); continue;}
  var vi=new ValueInfoProto{Name=t.Name,Type=new TypeProto{TensorType=new TypeProto.Types.Tensor{ElemType=t.DataType,Shape=new TensorShapeProto()}}};
  foreach(var x in t.Dims) vi.Type.TensorType.Shape.Dim.Add(new TensorShapeProto.Types.Dimension{DimValue=x});
  g.Input.Add(vi);
}
g.Initializer.Clear(); g.Initializer.AddRange(keep);
var sw=System.Diagnostics.Stopwatch.StartNew();
using var o=new SessionOptions{GraphOptimizationLevel=GraphOptimizationLevel.ORT_ENABLE_BASIC, OptimizedModelFilePath="/tmp/folded.onnx"};
using (var s=new InferenceSession(model.ToByteArray(),o)){}
Console.WriteLine($"fold {sw.ElapsedMilliseconds} ms");
var m2=ModelProto.Parser.ParseFrom(File.ReadAllBytes("/tmp/folded.onnx"));
Console.WriteLine($"nodes {m2.Graph.Node.Count} init {m2.Graph.Initializer.Count} value_info {m2.Graph.ValueInfo.Count} bytes {new FileInfo("/tmp/folded.onnx").Length} opsets {string.Join(",", m2.OpsetImport.Select(o=>o.Domain+":"+o.Version))}");
foreach(var grp in m2.Graph.Node.GroupBy(n=>n.Domain+":"+n.OpType).OrderByDescending(x=>x.Count())) Console.Write($"{grp.Key}={grp.Count()} ");
Console.WriteLine();
var vis=m2.Graph.ValueInfo.ToDictionary(v=>v.Name);
foreach(var n in m2.Graph.Node.Where(n=>n.OpType=="Softmax").Take(4)) Console.WriteLine($"{n.Name} -> {n.Output[0]} : {(vis.TryGetValue(n.Output[0],out var v)?string.Join(",",v.Type.TensorType.Shape.Dim.Select(d=>d.DimValue)):"?")}");
