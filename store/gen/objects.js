/* eslint-disable */
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["dits-objects"] || ($protobuf.roots["dits-objects"] = {});

export const dits = $root.dits = (() => {

    /**
     * Namespace dits.
     * @exports dits
     * @namespace
     */
    const dits = {};

    dits.objects = (function() {

        /**
         * Namespace objects.
         * @memberof dits
         * @namespace
         */
        const objects = {};

        objects.ManifestNode = (function() {

            /**
             * Properties of a ManifestNode.
             * @typedef {Object} dits.objects.ManifestNode.$Properties
             * @property {number|null} [level] ManifestNode level
             * @property {Uint8Array|null} [ids] ManifestNode ids
             * @property {Array.<number|Long>|null} [sizes] ManifestNode sizes
             * @property {Uint8Array|null} [file_hash] ManifestNode file_hash
             * @property {number|null} [profile] ManifestNode profile
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ManifestNode.
             * @memberof dits.objects
             * @interface IManifestNode
             * @augments dits.objects.ManifestNode.$Properties
             * @deprecated Use dits.objects.ManifestNode.$Properties instead.
             */

            /**
             * Shape of a ManifestNode.
             * @typedef {dits.objects.ManifestNode.$Properties} dits.objects.ManifestNode.$Shape
             */

            /**
             * Constructs a new ManifestNode.
             * @memberof dits.objects
             * @classdesc Represents a ManifestNode.
             * @constructor
             * @param {dits.objects.ManifestNode.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ManifestNode = function (properties) {
                this.sizes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ManifestNode level.
             * @member {number} level
             * @memberof dits.objects.ManifestNode
             * @instance
             */
            ManifestNode.prototype.level = 0;

            /**
             * ManifestNode ids.
             * @member {Uint8Array} ids
             * @memberof dits.objects.ManifestNode
             * @instance
             */
            ManifestNode.prototype.ids = $util.newBuffer([]);

            /**
             * ManifestNode sizes.
             * @member {Array.<number|Long>} sizes
             * @memberof dits.objects.ManifestNode
             * @instance
             */
            ManifestNode.prototype.sizes = $util.emptyArray;

            /**
             * ManifestNode file_hash.
             * @member {Uint8Array} file_hash
             * @memberof dits.objects.ManifestNode
             * @instance
             */
            ManifestNode.prototype.file_hash = $util.newBuffer([]);

            /**
             * ManifestNode profile.
             * @member {number} profile
             * @memberof dits.objects.ManifestNode
             * @instance
             */
            ManifestNode.prototype.profile = 0;

            /**
             * Encodes the specified ManifestNode message. Does not implicitly {@link dits.objects.ManifestNode.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.ManifestNode
             * @static
             * @param {dits.objects.ManifestNode.$Properties} message ManifestNode message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ManifestNode.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.level);
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ids);
                if (message.sizes != null && message.sizes.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint64s(message.sizes);
                if (message.file_hash != null && $Object.hasOwnProperty.call(message, "file_hash") && message.file_hash.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.file_hash);
                if (message.profile != null && $Object.hasOwnProperty.call(message, "profile") && message.profile !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.profile);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ManifestNode message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.ManifestNode
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.ManifestNode & dits.objects.ManifestNode.$Shape} ManifestNode
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ManifestNode.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.ManifestNode();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ids = value;
                            else
                                delete message.ids;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.sizes && message.sizes.length))
                                    message.sizes = [];
                                reader.uint64s(message.sizes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.sizes && message.sizes.length))
                                message.sizes = [];
                            message.sizes.push(reader.uint64());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.file_hash = value;
                            else
                                delete message.file_hash;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.profile = value;
                            else
                                delete message.profile;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ManifestNode
             * @function getTypeUrl
             * @memberof dits.objects.ManifestNode
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ManifestNode.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.ManifestNode";
            };

            return ManifestNode;
        })();

        objects.TreeNode = (function() {

            /**
             * Properties of a TreeNode.
             * @typedef {Object} dits.objects.TreeNode.$Properties
             * @property {number|null} [level] TreeNode level
             * @property {Array.<dits.objects.TreeEntry.$Properties>|null} [entries] TreeNode entries
             * @property {Array.<dits.objects.TreeChild.$Properties>|null} [children] TreeNode children
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TreeNode.
             * @memberof dits.objects
             * @interface ITreeNode
             * @augments dits.objects.TreeNode.$Properties
             * @deprecated Use dits.objects.TreeNode.$Properties instead.
             */

            /**
             * Shape of a TreeNode.
             * @typedef {dits.objects.TreeNode.$Properties} dits.objects.TreeNode.$Shape
             */

            /**
             * Constructs a new TreeNode.
             * @memberof dits.objects
             * @classdesc Represents a TreeNode.
             * @constructor
             * @param {dits.objects.TreeNode.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TreeNode = function (properties) {
                this.entries = [];
                this.children = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TreeNode level.
             * @member {number} level
             * @memberof dits.objects.TreeNode
             * @instance
             */
            TreeNode.prototype.level = 0;

            /**
             * TreeNode entries.
             * @member {Array.<dits.objects.TreeEntry.$Properties>} entries
             * @memberof dits.objects.TreeNode
             * @instance
             */
            TreeNode.prototype.entries = $util.emptyArray;

            /**
             * TreeNode children.
             * @member {Array.<dits.objects.TreeChild.$Properties>} children
             * @memberof dits.objects.TreeNode
             * @instance
             */
            TreeNode.prototype.children = $util.emptyArray;

            /**
             * Encodes the specified TreeNode message. Does not implicitly {@link dits.objects.TreeNode.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.TreeNode
             * @static
             * @param {dits.objects.TreeNode.$Properties} message TreeNode message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TreeNode.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.level);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.dits.objects.TreeEntry.encode(message.entries[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.children != null && message.children.length)
                    for (let i = 0; i < message.children.length; ++i)
                        $root.dits.objects.TreeChild.encode(message.children[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TreeNode message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.TreeNode
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.TreeNode & dits.objects.TreeNode.$Shape} TreeNode
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TreeNode.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.TreeNode();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.dits.objects.TreeEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.children && message.children.length))
                                message.children = [];
                            message.children.push($root.dits.objects.TreeChild.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TreeNode
             * @function getTypeUrl
             * @memberof dits.objects.TreeNode
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TreeNode.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.TreeNode";
            };

            return TreeNode;
        })();

        objects.TreeEntry = (function() {

            /**
             * Properties of a TreeEntry.
             * @typedef {Object} dits.objects.TreeEntry.$Properties
             * @property {string|null} [name] TreeEntry name
             * @property {number|null} [kind] TreeEntry kind
             * @property {number|null} [content] TreeEntry content
             * @property {Uint8Array|null} [id] TreeEntry id
             * @property {number|Long|null} [size] TreeEntry size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TreeEntry.
             * @memberof dits.objects
             * @interface ITreeEntry
             * @augments dits.objects.TreeEntry.$Properties
             * @deprecated Use dits.objects.TreeEntry.$Properties instead.
             */

            /**
             * Shape of a TreeEntry.
             * @typedef {dits.objects.TreeEntry.$Properties} dits.objects.TreeEntry.$Shape
             */

            /**
             * Constructs a new TreeEntry.
             * @memberof dits.objects
             * @classdesc Represents a TreeEntry.
             * @constructor
             * @param {dits.objects.TreeEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TreeEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TreeEntry name.
             * @member {string} name
             * @memberof dits.objects.TreeEntry
             * @instance
             */
            TreeEntry.prototype.name = "";

            /**
             * TreeEntry kind.
             * @member {number} kind
             * @memberof dits.objects.TreeEntry
             * @instance
             */
            TreeEntry.prototype.kind = 0;

            /**
             * TreeEntry content.
             * @member {number} content
             * @memberof dits.objects.TreeEntry
             * @instance
             */
            TreeEntry.prototype.content = 0;

            /**
             * TreeEntry id.
             * @member {Uint8Array} id
             * @memberof dits.objects.TreeEntry
             * @instance
             */
            TreeEntry.prototype.id = $util.newBuffer([]);

            /**
             * TreeEntry size.
             * @member {number|Long} size
             * @memberof dits.objects.TreeEntry
             * @instance
             */
            TreeEntry.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified TreeEntry message. Does not implicitly {@link dits.objects.TreeEntry.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.TreeEntry
             * @static
             * @param {dits.objects.TreeEntry.$Properties} message TreeEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TreeEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.kind);
                if (message.content != null && $Object.hasOwnProperty.call(message, "content") && message.content !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.content);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.id);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.size);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TreeEntry message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.TreeEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.TreeEntry & dits.objects.TreeEntry.$Shape} TreeEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TreeEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.TreeEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.content = value;
                            else
                                delete message.content;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TreeEntry
             * @function getTypeUrl
             * @memberof dits.objects.TreeEntry
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TreeEntry.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.TreeEntry";
            };

            return TreeEntry;
        })();

        objects.TreeChild = (function() {

            /**
             * Properties of a TreeChild.
             * @typedef {Object} dits.objects.TreeChild.$Properties
             * @property {string|null} [first_name] TreeChild first_name
             * @property {Uint8Array|null} [id] TreeChild id
             * @property {number|Long|null} [count] TreeChild count
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TreeChild.
             * @memberof dits.objects
             * @interface ITreeChild
             * @augments dits.objects.TreeChild.$Properties
             * @deprecated Use dits.objects.TreeChild.$Properties instead.
             */

            /**
             * Shape of a TreeChild.
             * @typedef {dits.objects.TreeChild.$Properties} dits.objects.TreeChild.$Shape
             */

            /**
             * Constructs a new TreeChild.
             * @memberof dits.objects
             * @classdesc Represents a TreeChild.
             * @constructor
             * @param {dits.objects.TreeChild.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TreeChild = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TreeChild first_name.
             * @member {string} first_name
             * @memberof dits.objects.TreeChild
             * @instance
             */
            TreeChild.prototype.first_name = "";

            /**
             * TreeChild id.
             * @member {Uint8Array} id
             * @memberof dits.objects.TreeChild
             * @instance
             */
            TreeChild.prototype.id = $util.newBuffer([]);

            /**
             * TreeChild count.
             * @member {number|Long} count
             * @memberof dits.objects.TreeChild
             * @instance
             */
            TreeChild.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified TreeChild message. Does not implicitly {@link dits.objects.TreeChild.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.TreeChild
             * @static
             * @param {dits.objects.TreeChild.$Properties} message TreeChild message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TreeChild.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.first_name != null && $Object.hasOwnProperty.call(message, "first_name") && message.first_name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.first_name);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.id);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.count);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TreeChild message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.TreeChild
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.TreeChild & dits.objects.TreeChild.$Shape} TreeChild
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TreeChild.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.TreeChild();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.first_name = value;
                            else
                                delete message.first_name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TreeChild
             * @function getTypeUrl
             * @memberof dits.objects.TreeChild
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TreeChild.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.TreeChild";
            };

            return TreeChild;
        })();

        objects.Signature = (function() {

            /**
             * Properties of a Signature.
             * @typedef {Object} dits.objects.Signature.$Properties
             * @property {string|null} [name] Signature name
             * @property {string|null} [email] Signature email
             * @property {number|Long|null} [time_ms] Signature time_ms
             * @property {number|null} [zone_minutes] Signature zone_minutes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Signature.
             * @memberof dits.objects
             * @interface ISignature
             * @augments dits.objects.Signature.$Properties
             * @deprecated Use dits.objects.Signature.$Properties instead.
             */

            /**
             * Shape of a Signature.
             * @typedef {dits.objects.Signature.$Properties} dits.objects.Signature.$Shape
             */

            /**
             * Constructs a new Signature.
             * @memberof dits.objects
             * @classdesc Represents a Signature.
             * @constructor
             * @param {dits.objects.Signature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Signature = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Signature name.
             * @member {string} name
             * @memberof dits.objects.Signature
             * @instance
             */
            Signature.prototype.name = "";

            /**
             * Signature email.
             * @member {string} email
             * @memberof dits.objects.Signature
             * @instance
             */
            Signature.prototype.email = "";

            /**
             * Signature time_ms.
             * @member {number|Long} time_ms
             * @memberof dits.objects.Signature
             * @instance
             */
            Signature.prototype.time_ms = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Signature zone_minutes.
             * @member {number} zone_minutes
             * @memberof dits.objects.Signature
             * @instance
             */
            Signature.prototype.zone_minutes = 0;

            /**
             * Encodes the specified Signature message. Does not implicitly {@link dits.objects.Signature.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.Signature
             * @static
             * @param {dits.objects.Signature.$Properties} message Signature message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Signature.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.email != null && $Object.hasOwnProperty.call(message, "email") && message.email !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.email);
                if (message.time_ms != null && $Object.hasOwnProperty.call(message, "time_ms") && (typeof message.time_ms === "object" ? message.time_ms.low || message.time_ms.high : message.time_ms !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).sint64(message.time_ms);
                if (message.zone_minutes != null && $Object.hasOwnProperty.call(message, "zone_minutes") && message.zone_minutes !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).sint32(message.zone_minutes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Signature message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.Signature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.Signature & dits.objects.Signature.$Shape} Signature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Signature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.Signature();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.email = value;
                            else
                                delete message.email;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.time_ms = value;
                            else
                                delete message.time_ms;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.zone_minutes = value;
                            else
                                delete message.zone_minutes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Signature
             * @function getTypeUrl
             * @memberof dits.objects.Signature
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Signature.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.Signature";
            };

            return Signature;
        })();

        objects.Commit = (function() {

            /**
             * Properties of a Commit.
             * @typedef {Object} dits.objects.Commit.$Properties
             * @property {Uint8Array|null} [tree] Commit tree
             * @property {Uint8Array|null} [parents] Commit parents
             * @property {dits.objects.Signature.$Properties|null} [author] Commit author
             * @property {dits.objects.Signature.$Properties|null} [committer] Commit committer
             * @property {string|null} [message] Commit message
             * @property {Uint8Array|null} [signer_key] Commit signer_key
             * @property {Uint8Array|null} [signature] Commit signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Commit.
             * @memberof dits.objects
             * @interface ICommit
             * @augments dits.objects.Commit.$Properties
             * @deprecated Use dits.objects.Commit.$Properties instead.
             */

            /**
             * Shape of a Commit.
             * @typedef {dits.objects.Commit.$Properties} dits.objects.Commit.$Shape
             */

            /**
             * Constructs a new Commit.
             * @memberof dits.objects
             * @classdesc Represents a Commit.
             * @constructor
             * @param {dits.objects.Commit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Commit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Commit tree.
             * @member {Uint8Array} tree
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.tree = $util.newBuffer([]);

            /**
             * Commit parents.
             * @member {Uint8Array} parents
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.parents = $util.newBuffer([]);

            /**
             * Commit author.
             * @member {dits.objects.Signature.$Properties|null|undefined} author
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.author = null;

            /**
             * Commit committer.
             * @member {dits.objects.Signature.$Properties|null|undefined} committer
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.committer = null;

            /**
             * Commit message.
             * @member {string} message
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.message = "";

            /**
             * Commit signer_key.
             * @member {Uint8Array} signer_key
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.signer_key = $util.newBuffer([]);

            /**
             * Commit signature.
             * @member {Uint8Array} signature
             * @memberof dits.objects.Commit
             * @instance
             */
            Commit.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified Commit message. Does not implicitly {@link dits.objects.Commit.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.Commit
             * @static
             * @param {dits.objects.Commit.$Properties} message Commit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Commit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.tree != null && $Object.hasOwnProperty.call(message, "tree") && message.tree.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.tree);
                if (message.parents != null && $Object.hasOwnProperty.call(message, "parents") && message.parents.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.parents);
                if (message.author != null && $Object.hasOwnProperty.call(message, "author"))
                    $root.dits.objects.Signature.encode(message.author, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.committer != null && $Object.hasOwnProperty.call(message, "committer"))
                    $root.dits.objects.Signature.encode(message.committer, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.message);
                if (message.signer_key != null && $Object.hasOwnProperty.call(message, "signer_key") && message.signer_key.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.signer_key);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Commit message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.Commit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.Commit & dits.objects.Commit.$Shape} Commit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Commit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.Commit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.tree = value;
                            else
                                delete message.tree;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.parents = value;
                            else
                                delete message.parents;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.author = $root.dits.objects.Signature.decode(reader, reader.size(), $undefined, _depth + 1, message.author);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.committer = $root.dits.objects.Signature.decode(reader, reader.size(), $undefined, _depth + 1, message.committer);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signer_key = value;
                            else
                                delete message.signer_key;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Commit
             * @function getTypeUrl
             * @memberof dits.objects.Commit
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Commit.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.Commit";
            };

            return Commit;
        })();

        objects.Tag = (function() {

            /**
             * Properties of a Tag.
             * @typedef {Object} dits.objects.Tag.$Properties
             * @property {Uint8Array|null} [target] Tag target
             * @property {number|null} [target_kind] Tag target_kind
             * @property {string|null} [name] Tag name
             * @property {dits.objects.Signature.$Properties|null} [tagger] Tag tagger
             * @property {string|null} [message] Tag message
             * @property {Uint8Array|null} [signer_key] Tag signer_key
             * @property {Uint8Array|null} [signature] Tag signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Tag.
             * @memberof dits.objects
             * @interface ITag
             * @augments dits.objects.Tag.$Properties
             * @deprecated Use dits.objects.Tag.$Properties instead.
             */

            /**
             * Shape of a Tag.
             * @typedef {dits.objects.Tag.$Properties} dits.objects.Tag.$Shape
             */

            /**
             * Constructs a new Tag.
             * @memberof dits.objects
             * @classdesc Represents a Tag.
             * @constructor
             * @param {dits.objects.Tag.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Tag = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Tag target.
             * @member {Uint8Array} target
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.target = $util.newBuffer([]);

            /**
             * Tag target_kind.
             * @member {number} target_kind
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.target_kind = 0;

            /**
             * Tag name.
             * @member {string} name
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.name = "";

            /**
             * Tag tagger.
             * @member {dits.objects.Signature.$Properties|null|undefined} tagger
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.tagger = null;

            /**
             * Tag message.
             * @member {string} message
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.message = "";

            /**
             * Tag signer_key.
             * @member {Uint8Array} signer_key
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.signer_key = $util.newBuffer([]);

            /**
             * Tag signature.
             * @member {Uint8Array} signature
             * @memberof dits.objects.Tag
             * @instance
             */
            Tag.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified Tag message. Does not implicitly {@link dits.objects.Tag.verify|verify} messages.
             * @function encode
             * @memberof dits.objects.Tag
             * @static
             * @param {dits.objects.Tag.$Properties} message Tag message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Tag.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.target);
                if (message.target_kind != null && $Object.hasOwnProperty.call(message, "target_kind") && message.target_kind !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.target_kind);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.tagger != null && $Object.hasOwnProperty.call(message, "tagger"))
                    $root.dits.objects.Signature.encode(message.tagger, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.message);
                if (message.signer_key != null && $Object.hasOwnProperty.call(message, "signer_key") && message.signer_key.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.signer_key);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Tag message from the specified reader or buffer.
             * @function decode
             * @memberof dits.objects.Tag
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.objects.Tag & dits.objects.Tag.$Shape} Tag
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Tag.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.objects.Tag();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.target_kind = value;
                            else
                                delete message.target_kind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.tagger = $root.dits.objects.Signature.decode(reader, reader.size(), $undefined, _depth + 1, message.tagger);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signer_key = value;
                            else
                                delete message.signer_key;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.signature = value;
                            else
                                delete message.signature;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Tag
             * @function getTypeUrl
             * @memberof dits.objects.Tag
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Tag.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.objects.Tag";
            };

            return Tag;
        })();

        return objects;
    })();

    return dits;
})();

export {
  $root as default
};
