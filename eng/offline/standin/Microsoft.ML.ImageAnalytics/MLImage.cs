using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.Data;

public enum MLPixelFormat
{
    Unknown = 0,
    Bgra32 = 1,
    Rgba32 = 2,
}

/// <summary>
/// A picture in memory: four bytes a pixel, colours multiplied by alpha when it comes from a file, EXIF orientation
/// not applied.
/// </summary>
public sealed class MLImage : IDisposable
{
    private Raster? _raster;
    private readonly MLPixelFormat _pixelFormat;
    private string _tag = null!;

    private MLImage(Raster raster, MLPixelFormat pixelFormat)
    {
        _raster = raster;
        _pixelFormat = pixelFormat;
    }

    public int Width => Raster.Width;

    public int Height => Raster.Height;

    public int BitsPerPixel => Raster.BytesPerPixel * 8;

    public ReadOnlySpan<byte> Pixels => Raster.Bytes;

    public MLPixelFormat PixelFormat
    {
        get
        {
            ThrowIfDisposed();
            return _pixelFormat;
        }
    }

    /// <summary>Free for use; LoadImages puts the path here.</summary>
    public string Tag
    {
        get
        {
            ThrowIfDisposed();
            return _tag;
        }
        set
        {
            ThrowIfDisposed();
            _tag = value;
        }
    }

    private Raster Raster
    {
        get
        {
            ThrowIfDisposed();
            return _raster;
        }
    }

    public static MLImage CreateFromStream(Stream imageStream)
    {
        using var memory = new MemoryStream();
        Guard.NotNull(imageStream, nameof(imageStream)).CopyTo(memory);
        return new MLImage(
            PictureFile.Decode(memory.ToArray())
                ?? throw new ArgumentException("Invalid input stream contents", nameof(imageStream)),
            MLPixelFormat.Bgra32);
    }

    public static MLImage CreateFromFile(string imagePath)
    {
        Guard.NotNull(imagePath, nameof(imagePath));
        Raster? raster = File.Exists(imagePath) ? PictureFile.Decode(File.ReadAllBytes(imagePath)) : null;
        return new MLImage(
            raster ?? throw new ArgumentException("Invalid path", nameof(imagePath)), MLPixelFormat.Bgra32);
    }

    public static MLImage CreateFromPixels(
        int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        }

        if (width <= 0)
        {
            throw new ArgumentException("Invalid width value.", nameof(width));
        }

        if (height <= 0)
        {
            throw new ArgumentException("Invalid height value.", nameof(height));
        }

        if (imagePixelData.Length != width * height * Raster.BytesPerPixel)
        {
            throw new ArgumentException("Invalid imagePixelData buffer size.");
        }

        return new MLImage(new Raster(width, height, imagePixelData.ToArray(), IsOpaque: false), pixelFormat);
    }

    /// <summary>Saves the picture in the format of the path's extension, at the best quality.</summary>
    public void Save(string imagePath) => PictureFile.Save(Raster, _pixelFormat, imagePath);

    public void Dispose() => _raster = null;

    internal MLImage Resized(Func<Raster, Raster> resize) => new(resize(Raster), _pixelFormat) { Tag = Tag };

    [MemberNotNull(nameof(_raster))]
    private void ThrowIfDisposed() => Guard.State(_raster is not null, "Object is disposed.");
}
