using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Building;

/// <summary>Puts a description into a model's metadata.</summary>
internal static class ModelMetadata
{
    public static void Set(ModelProto model, AttentionModelDescription description)
    {
        model.MetadataProps.Clear();
        foreach (var (key, value) in description.ToMetadata())
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }
    }
}
