using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Small ONNX files with chosen declarations, for tests of what is read and refused.</summary>
internal static class TestModels
{
    /// <summary>A model in the form "resolutions" with one output a [16, 16] on a 4x4 grid; the caller bends it.</summary>
    public static ModelProto Valid(params (string Key, string Value)[] metadata)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "test" },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        model.Graph.Input.Add(Tensor("image", 1, 3, 32, 32));
        model.Graph.Output.Add(Tensor("a", 16, 16));
        (string Key, string Value)[] entries =
        [
            (AttentionModelMetadata.Format, "1"), (AttentionModelMetadata.Form, "resolutions"),
            (AttentionModelMetadata.Outputs, "a=4x4"), .. metadata,
        ];
        foreach (var (key, value) in entries)
        {
            model.Describe(key, value);
        }

        return model;
    }

    /// <summary>A model in the form "merged" with 2 anchors per side of a 4x4 grid.</summary>
    public static ModelProto Merged()
    {
        ModelProto model = Valid(
            (AttentionModelMetadata.AnchorsPerSide, "2"), (AttentionModelMetadata.ZeroAttention, "clamp"), (AttentionModelMetadata.KlThreshold, "1"));
        model.Describe(AttentionModelMetadata.Form, "merged");
        model.Graph.Input.Add(Tensor(FirstMerge.ThresholdName, 1));
        model.Graph.Output.Clear();
        model.Graph.Output.Add(Tensor("a", 4, 16));
        return model;
    }

    /// <summary>Sets a metadata entry, or removes it when the value is null.</summary>
    public static ModelProto Describe(this ModelProto model, string key, string? value)
    {
        if (model.MetadataProps.FirstOrDefault(p => p.Key == key) is { } old)
        {
            model.MetadataProps.Remove(old);
        }

        if (value is not null)
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }

        return model;
    }

    public static ValueInfoProto Tensor(string name, params ReadOnlySpan<long> shape)
    {
        var graph = new GraphProto();
        new GraphBuilder(graph).Input(name, shape);
        return graph.Input[0];
    }

    public static string Save(this ModelProto model, TemporaryFolder folder)
    {
        string path = folder.File("model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
