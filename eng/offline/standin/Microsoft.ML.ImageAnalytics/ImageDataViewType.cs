using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Images, of one size or of any.</summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    /// <summary>0 when unknown.</summary>
    public readonly int Height;

    /// <summary>0 when unknown.</summary>
    public readonly int Width;

    public ImageDataViewType(int height, int width) : base(typeof(MLImage))
    {
        Guard.Argument(height > 0, nameof(height), "Must be positive.");
        Guard.Argument(width > 0, nameof(width), " Must be positive.");
        Guard.Argument((long)height * width <= int.MaxValue / 4, nameof(height), "height * width is too large.");
        Height = height;
        Width = width;
    }

    public ImageDataViewType() : base(typeof(MLImage)) { }

    public override bool Equals(DataViewType? other) =>
        other is ImageDataViewType image && image.Height == Height && image.Width == Width;

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() => Height == 0 && Width == 0 ? "Image" : $"Image<{Height}, {Width}>";
}

/// <summary>Makes an <see cref="MLImage"/> member an image column of this size.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    private readonly int _height;
    private readonly int _width;

    public ImageTypeAttribute() { }

    public ImageTypeAttribute(int height, int width)
    {
        Guard.Argument(width > 0, nameof(width), "Should be positive number");
        Guard.Argument(height > 0, nameof(height), "Should be positive number");
        _height = height;
        _width = width;
    }

    public override bool Equals(DataViewTypeAttribute? other) =>
        other is ImageTypeAttribute image && image._height == _height && image._width == _width;

    public override int GetHashCode() => HashCode.Combine(_height, _width);

    public override void Register() =>
        DataViewTypeManager.Register(new ImageDataViewType(_height, _width), typeof(MLImage), this);
}
