using System.Text.Encodings.Web;
using System.Text.Json;

namespace DiffSeg.Pictures;

/// <summary>Writes the masks of many pictures as one COCO file ("Data format: object detection", cocodataset.org).</summary>
/// <remarks>
/// The annotations are written as they come and only a line per picture is kept until the end, so the memory does not
/// depend on the number of segments. Every annotation has the run lengths of its segment (compressed RLE), area, box
/// [x, y, width, height], category 1 "segment", and "segment_id", the label in the mask. Not thread-safe.
/// </remarks>
public sealed class CocoWriter : IDisposable
{
    private const int SegmentCategory = 1;

    private readonly Utf8JsonWriter _json;
    private readonly List<CocoImage> _images = [];
    private int _annotations;
    private bool _complete;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="description">What the file is, for its field "info".</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="description"/> is null.</exception>
    public CocoWriter(Stream stream, string description)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(description);

        // The relaxed encoder leaves '<' and '>' of run length codes and letters of file names as they are; the file
        // is data and goes into no web page.
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WritePropertyName("info");
        JsonSerializer.Serialize(_json, new CocoInfo(description, "1.0"), CocoJson.Default.CocoInfo);
        _json.WriteStartArray("annotations");
    }

    /// <summary>Adds a picture and an annotation for each of its segments.</summary>
    /// <param name="fileName">The picture's file name, as readers of the file will look for it.</param>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <param name="background">A label that is no segment and gets no annotation; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileName"/> is null.</exception>
    /// <exception cref="ArgumentException">The number of labels is not height x width.</exception>
    /// <exception cref="InvalidOperationException">The file is complete.</exception>
    public void Add(string fileName, ReadOnlySpan<ushort> labels, int height, int width, ushort? background = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (_complete)
        {
            throw new InvalidOperationException("The COCO file is complete; a picture cannot be added any more.");
        }

        SortedDictionary<ushort, CocoRle> segments = CocoRle.Encode(labels, height, width);
        var image = new CocoImage(_images.Count + 1, fileName, height, width);
        _images.Add(image);
        foreach ((ushort label, CocoRle segment) in segments.Where(pair => pair.Key != background))
        {
            JsonSerializer.Serialize(_json, Annotation(image, label, segment), CocoJson.Default.CocoAnnotation);
        }

        _json.Flush();
    }

    /// <summary>Writes the rest of the file: pictures and categories.</summary>
    public void Complete()
    {
        if (_complete)
        {
            return;
        }

        _complete = true;
        _json.WriteEndArray();
        _json.WriteStartArray("images");
        foreach (CocoImage image in _images)
        {
            JsonSerializer.Serialize(_json, image, CocoJson.Default.CocoImage);
        }

        _json.WriteEndArray();
        _json.WriteStartArray("categories");
        JsonSerializer.Serialize(
            _json, new CocoCategory(SegmentCategory, "segment", "segment"), CocoJson.Default.CocoCategory);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Gives back the writer's buffers. A file that was not completed stays incomplete.</summary>
    public void Dispose() => _json.Dispose();

    private CocoAnnotation Annotation(CocoImage image, ushort label, CocoRle segment)
    {
        CocoBox box = segment.Box;
        return new CocoAnnotation(
            ++_annotations,
            image.Id,
            SegmentCategory,
            label,
            new CocoSegmentation([segment.Height, segment.Width], segment.ToCompressedString()),
            segment.Area,
            [box.X, box.Y, box.Width, box.Height],
            Iscrowd: 0);
    }
}
