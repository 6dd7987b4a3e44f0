namespace DiffSeg.Pictures;

/// <summary>In which way a picture file is bad.</summary>
public enum PictureFault
{
    /// <summary>There is no file of that name.</summary>
    Missing,

    /// <summary>No picture can be had under that name: a folder, a file without permission to read it, a name that no file can have.</summary>
    Denied,

    /// <summary>
    /// The machine failed to read the file: an error of its disk or network, too many open files. Not the file's fault; a
    /// later attempt may succeed.
    /// </summary>
    Unreadable,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>It has more bytes or more pixels than the limits allow.</summary>
    TooLarge,

    /// <summary>Its end is missing.</summary>
    CutOff,

    /// <summary>It is no picture, or of a kind that is not read.</summary>
    Unsupported,

    /// <summary>It is a picture of a known kind whose header makes no sense.</summary>
    Damaged,
}
