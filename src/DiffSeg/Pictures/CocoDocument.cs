using System.Text.Json.Serialization;

namespace DiffSeg.Pictures;

internal sealed record CocoInfo(string Description, string Version);

internal sealed record CocoImage(int Id, string FileName, int Height, int Width);

internal sealed record CocoCategory(int Id, string Name, string Supercategory);

internal sealed record CocoSegmentation(int[] Size, string Counts);

internal sealed record CocoAnnotation(
    int Id, int ImageId, int CategoryId, int SegmentId, CocoSegmentation Segmentation, int Area, int[] Bbox, int Iscrowd);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CocoInfo))]
[JsonSerializable(typeof(CocoImage))]
[JsonSerializable(typeof(CocoCategory))]
[JsonSerializable(typeof(CocoAnnotation))]
internal sealed partial class CocoJson : JsonSerializerContext;
