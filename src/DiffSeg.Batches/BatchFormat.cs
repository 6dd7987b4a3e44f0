using System.Text.Json.Serialization;

namespace DiffSeg.Batches;

/// <summary>How the masks of a batch are written.</summary>
public enum BatchFormat
{
    /// <summary>
    /// <c>png-tar</c>: a tar of label PNGs per chunk, each named by the image's place in the list (<c>000000012.png</c>).
    /// </summary>
    [JsonStringEnumMemberName("png-tar")]
    LabelPngTar,

    /// <summary>
    /// <c>coco-rle</c>: a file of JSON lines per chunk, a line per image, its segments as compressed run lengths of COCO.
    /// </summary>
    [JsonStringEnumMemberName("coco-rle")]
    CocoRle,

    /// <summary>
    /// <c>parquet</c>: a Parquet file per chunk, a row per mask: <c>index</c>, <c>image</c>, <c>height</c>, <c>width</c> and
    /// <c>mask</c>, the label PNG.
    /// </summary>
    [JsonStringEnumMemberName("parquet")]
    Parquet,
}
