using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Saving;

/// <summary>Pictures as members of the classes that custom mappings read.</summary>
internal static class PictureColumns
{
    /// <summary>
    /// Lets picture columns of unknown size, such as LoadImages makes, be bound to a class member, for this process.
    /// </summary>
    public static void Register()
    {
        try
        {
            DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), new ImageTypeAttribute());
        }
        catch (ArgumentException)
        {
            // Somebody else has registered the type with another attribute: then it is known, which is all we need.
        }
    }
}
