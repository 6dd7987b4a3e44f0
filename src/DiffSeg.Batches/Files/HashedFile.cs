using System.Security.Cryptography;

namespace DiffSeg.Batches.Files;

/// <summary>A file that is written under a temporary name and hashed on the way.</summary>
internal sealed class HashedFile : Stream
{
    private readonly FileOperations _files;
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _folder, _name, _temporary;
    private long _length;
    private bool _isSettled;

    /// <summary>Creates the temporary file.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">Where the file is to appear.</param>
    /// <param name="name">Its name.</param>
    public HashedFile(FileOperations files, string folder, string name)
    {
        // A name of its own, so that what a twin of this process does on a file system without locks meets other files.
        _temporary = Path.Combine(folder, $".{name}.{Path.GetRandomFileName()}{BatchFileNames.Temporary}");
        (_files, _folder, _name) = (files, folder, name);
        _stream = files.Create(_temporary);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _stream.Write(buffer);
        _hash.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // Done when it returns: who waits for it must not have to change threads.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does nothing: the file is flushed when it is finished.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Brings the file to the disk and closes it; it keeps its temporary name.</summary>
    /// <returns>What it is.</returns>
    public ChunkFile Finish()
    {
        _files.FlushToDisk(_stream);
        _stream.Dispose();
        return new ChunkFile(_name, _length, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    /// <summary>Gives the finished file its name.</summary>
    public void Rename()
    {
        _files.Rename(_temporary, Path.Combine(_folder, _name));
        _isSettled = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Discard();
        }

        base.Dispose(disposing);
    }

    private void Discard()
    {
        _hash.Dispose();
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What a full disk does not take is not wanted any more.
        }

        if (!_isSettled)
        {
            _isSettled = true;
            _files.Discard(_temporary);
        }
    }
}
