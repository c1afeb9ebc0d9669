/* eslint-disable */
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["dits-messages"] || ($protobuf.roots["dits-messages"] = {});

export const dits = $root.dits = (() => {

    /**
     * Namespace dits.
     * @exports dits
     * @namespace
     */
    const dits = {};

    dits.messages = (function() {

        /**
         * Namespace messages.
         * @memberof dits
         * @namespace
         */
        const messages = {};

        messages.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} dits.messages.Hello.$Properties
             * @property {Array.<number>|null} [versions] Hello versions
             * @property {string|null} [software] Hello software
             * @property {Array.<string>|null} [capabilities] Hello capabilities
             * @property {number|null} [payload_max_bytes] Hello payload_max_bytes
             * @property {number|null} [window_bytes] Hello window_bytes
             * @property {number|null} [batch_ids_max] Hello batch_ids_max
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof dits.messages
             * @interface IHello
             * @augments dits.messages.Hello.$Properties
             * @deprecated Use dits.messages.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {dits.messages.Hello.$Properties} dits.messages.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof dits.messages
             * @classdesc Represents a Hello.
             * @constructor
             * @param {dits.messages.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.versions = [];
                this.capabilities = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello versions.
             * @member {Array.<number>} versions
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.versions = $util.emptyArray;

            /**
             * Hello software.
             * @member {string} software
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.software = "";

            /**
             * Hello capabilities.
             * @member {Array.<string>} capabilities
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.capabilities = $util.emptyArray;

            /**
             * Hello payload_max_bytes.
             * @member {number} payload_max_bytes
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.payload_max_bytes = 0;

            /**
             * Hello window_bytes.
             * @member {number} window_bytes
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.window_bytes = 0;

            /**
             * Hello batch_ids_max.
             * @member {number} batch_ids_max
             * @memberof dits.messages.Hello
             * @instance
             */
            Hello.prototype.batch_ids_max = 0;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link dits.messages.Hello.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Hello
             * @static
             * @param {dits.messages.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.versions != null && message.versions.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).uint32s(message.versions);
                if (message.software != null && $Object.hasOwnProperty.call(message, "software") && message.software !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.software);
                if (message.capabilities != null && message.capabilities.length)
                    for (let i = 0; i < message.capabilities.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.capabilities[i]);
                if (message.payload_max_bytes != null && $Object.hasOwnProperty.call(message, "payload_max_bytes") && message.payload_max_bytes !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.payload_max_bytes);
                if (message.window_bytes != null && $Object.hasOwnProperty.call(message, "window_bytes") && message.window_bytes !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.window_bytes);
                if (message.batch_ids_max != null && $Object.hasOwnProperty.call(message, "batch_ids_max") && message.batch_ids_max !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.batch_ids_max);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Hello & dits.messages.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Hello();
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
                            if (wireType === 2) {
                                if (!(message.versions && message.versions.length))
                                    message.versions = [];
                                reader.uint32s(message.versions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.versions && message.versions.length))
                                message.versions = [];
                            message.versions.push(reader.uint32());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.software = value;
                            else
                                delete message.software;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.capabilities && message.capabilities.length))
                                message.capabilities = [];
                            message.capabilities.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.payload_max_bytes = value;
                            else
                                delete message.payload_max_bytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.window_bytes = value;
                            else
                                delete message.window_bytes;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.batch_ids_max = value;
                            else
                                delete message.batch_ids_max;
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
             * Gets the type url for Hello
             * @function getTypeUrl
             * @memberof dits.messages.Hello
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Hello.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Hello";
            };

            return Hello;
        })();

        messages.Ping = (function() {

            /**
             * Properties of a Ping.
             * @typedef {Object} dits.messages.Ping.$Properties
             * @property {Uint8Array|null} [data] Ping data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Ping.
             * @memberof dits.messages
             * @interface IPing
             * @augments dits.messages.Ping.$Properties
             * @deprecated Use dits.messages.Ping.$Properties instead.
             */

            /**
             * Shape of a Ping.
             * @typedef {dits.messages.Ping.$Properties} dits.messages.Ping.$Shape
             */

            /**
             * Constructs a new Ping.
             * @memberof dits.messages
             * @classdesc Represents a Ping.
             * @constructor
             * @param {dits.messages.Ping.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ping = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ping data.
             * @member {Uint8Array} data
             * @memberof dits.messages.Ping
             * @instance
             */
            Ping.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified Ping message. Does not implicitly {@link dits.messages.Ping.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Ping
             * @static
             * @param {dits.messages.Ping.$Properties} message Ping message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ping.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Ping message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Ping
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Ping & dits.messages.Ping.$Shape} Ping
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ping.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Ping();
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
                                message.data = value;
                            else
                                delete message.data;
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
             * Gets the type url for Ping
             * @function getTypeUrl
             * @memberof dits.messages.Ping
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Ping.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Ping";
            };

            return Ping;
        })();

        messages.Auth = (function() {

            /**
             * Properties of an Auth.
             * @typedef {Object} dits.messages.Auth.$Properties
             * @property {string|null} [repository] Auth repository
             * @property {number|null} [access] Auth access
             * @property {boolean|null} [create] Auth create
             * @property {dits.messages.Pass.$Properties|null} [pass] Auth pass
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Auth.
             * @memberof dits.messages
             * @interface IAuth
             * @augments dits.messages.Auth.$Properties
             * @deprecated Use dits.messages.Auth.$Properties instead.
             */

            /**
             * Shape of an Auth.
             * @typedef {dits.messages.Auth.$Properties} dits.messages.Auth.$Shape
             */

            /**
             * Constructs a new Auth.
             * @memberof dits.messages
             * @classdesc Represents an Auth.
             * @constructor
             * @param {dits.messages.Auth.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Auth = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Auth repository.
             * @member {string} repository
             * @memberof dits.messages.Auth
             * @instance
             */
            Auth.prototype.repository = "";

            /**
             * Auth access.
             * @member {number} access
             * @memberof dits.messages.Auth
             * @instance
             */
            Auth.prototype.access = 0;

            /**
             * Auth create.
             * @member {boolean} create
             * @memberof dits.messages.Auth
             * @instance
             */
            Auth.prototype.create = false;

            /**
             * Auth pass.
             * @member {dits.messages.Pass.$Properties|null|undefined} pass
             * @memberof dits.messages.Auth
             * @instance
             */
            Auth.prototype.pass = null;

            /**
             * Encodes the specified Auth message. Does not implicitly {@link dits.messages.Auth.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Auth
             * @static
             * @param {dits.messages.Auth.$Properties} message Auth message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Auth.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.repository != null && $Object.hasOwnProperty.call(message, "repository") && message.repository !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.repository);
                if (message.access != null && $Object.hasOwnProperty.call(message, "access") && message.access !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.access);
                if (message.create != null && $Object.hasOwnProperty.call(message, "create") && message.create !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.create);
                if (message.pass != null && $Object.hasOwnProperty.call(message, "pass"))
                    $root.dits.messages.Pass.encode(message.pass, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Auth message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Auth
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Auth & dits.messages.Auth.$Shape} Auth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Auth.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Auth();
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
                                message.repository = value;
                            else
                                delete message.repository;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.access = value;
                            else
                                delete message.access;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.create = value;
                            else
                                delete message.create;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.pass = $root.dits.messages.Pass.decode(reader, reader.size(), $undefined, _depth + 1, message.pass);
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
             * Gets the type url for Auth
             * @function getTypeUrl
             * @memberof dits.messages.Auth
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Auth.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Auth";
            };

            return Auth;
        })();

        messages.Pass = (function() {

            /**
             * Properties of a Pass.
             * @typedef {Object} dits.messages.Pass.$Properties
             * @property {string|null} [issuer] Pass issuer
             * @property {string|null} [subject] Pass subject
             * @property {string|null} [repository] Pass repository
             * @property {number|Long|null} [expires_at] Pass expires_at
             * @property {Uint8Array|null} [signature] Pass signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Pass.
             * @memberof dits.messages
             * @interface IPass
             * @augments dits.messages.Pass.$Properties
             * @deprecated Use dits.messages.Pass.$Properties instead.
             */

            /**
             * Shape of a Pass.
             * @typedef {dits.messages.Pass.$Properties} dits.messages.Pass.$Shape
             */

            /**
             * Constructs a new Pass.
             * @memberof dits.messages
             * @classdesc Represents a Pass.
             * @constructor
             * @param {dits.messages.Pass.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Pass = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Pass issuer.
             * @member {string} issuer
             * @memberof dits.messages.Pass
             * @instance
             */
            Pass.prototype.issuer = "";

            /**
             * Pass subject.
             * @member {string} subject
             * @memberof dits.messages.Pass
             * @instance
             */
            Pass.prototype.subject = "";

            /**
             * Pass repository.
             * @member {string} repository
             * @memberof dits.messages.Pass
             * @instance
             */
            Pass.prototype.repository = "";

            /**
             * Pass expires_at.
             * @member {number|Long} expires_at
             * @memberof dits.messages.Pass
             * @instance
             */
            Pass.prototype.expires_at = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Pass signature.
             * @member {Uint8Array} signature
             * @memberof dits.messages.Pass
             * @instance
             */
            Pass.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified Pass message. Does not implicitly {@link dits.messages.Pass.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Pass
             * @static
             * @param {dits.messages.Pass.$Properties} message Pass message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Pass.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.issuer != null && $Object.hasOwnProperty.call(message, "issuer") && message.issuer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.issuer);
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.subject);
                if (message.repository != null && $Object.hasOwnProperty.call(message, "repository") && message.repository !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.repository);
                if (message.expires_at != null && $Object.hasOwnProperty.call(message, "expires_at") && (typeof message.expires_at === "object" ? message.expires_at.low || message.expires_at.high : message.expires_at !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.expires_at);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Pass message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Pass
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Pass & dits.messages.Pass.$Shape} Pass
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Pass.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Pass();
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
                                message.issuer = value;
                            else
                                delete message.issuer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.repository = value;
                            else
                                delete message.repository;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.expires_at = value;
                            else
                                delete message.expires_at;
                            continue;
                        }
                    case 5: {
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
             * Gets the type url for Pass
             * @function getTypeUrl
             * @memberof dits.messages.Pass
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Pass.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Pass";
            };

            return Pass;
        })();

        messages.AuthOk = (function() {

            /**
             * Properties of an AuthOk.
             * @typedef {Object} dits.messages.AuthOk.$Properties
             * @property {number|null} [handle] AuthOk handle
             * @property {number|null} [access] AuthOk access
             * @property {dits.messages.Head.$Properties|null} [head] AuthOk head
             * @property {number|Long|null} [object_count] AuthOk object_count
             * @property {Array.<dits.messages.Ref.$Properties>|null} [refs] AuthOk refs
             * @property {boolean|null} [refs_included] AuthOk refs_included
             * @property {Uint8Array|null} [repository_id] AuthOk repository_id
             * @property {boolean|null} [kept] AuthOk kept
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AuthOk.
             * @memberof dits.messages
             * @interface IAuthOk
             * @augments dits.messages.AuthOk.$Properties
             * @deprecated Use dits.messages.AuthOk.$Properties instead.
             */

            /**
             * Shape of an AuthOk.
             * @typedef {dits.messages.AuthOk.$Properties} dits.messages.AuthOk.$Shape
             */

            /**
             * Constructs a new AuthOk.
             * @memberof dits.messages
             * @classdesc Represents an AuthOk.
             * @constructor
             * @param {dits.messages.AuthOk.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AuthOk = function (properties) {
                this.refs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AuthOk handle.
             * @member {number} handle
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.handle = 0;

            /**
             * AuthOk access.
             * @member {number} access
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.access = 0;

            /**
             * AuthOk head.
             * @member {dits.messages.Head.$Properties|null|undefined} head
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.head = null;

            /**
             * AuthOk object_count.
             * @member {number|Long} object_count
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.object_count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * AuthOk refs.
             * @member {Array.<dits.messages.Ref.$Properties>} refs
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.refs = $util.emptyArray;

            /**
             * AuthOk refs_included.
             * @member {boolean} refs_included
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.refs_included = false;

            /**
             * AuthOk repository_id.
             * @member {Uint8Array} repository_id
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.repository_id = $util.newBuffer([]);

            /**
             * AuthOk kept.
             * @member {boolean} kept
             * @memberof dits.messages.AuthOk
             * @instance
             */
            AuthOk.prototype.kept = false;

            /**
             * Encodes the specified AuthOk message. Does not implicitly {@link dits.messages.AuthOk.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.AuthOk
             * @static
             * @param {dits.messages.AuthOk.$Properties} message AuthOk message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AuthOk.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.access != null && $Object.hasOwnProperty.call(message, "access") && message.access !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.access);
                if (message.head != null && $Object.hasOwnProperty.call(message, "head"))
                    $root.dits.messages.Head.encode(message.head, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.object_count != null && $Object.hasOwnProperty.call(message, "object_count") && (typeof message.object_count === "object" ? message.object_count.low || message.object_count.high : message.object_count !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.object_count);
                if (message.refs != null && message.refs.length)
                    for (let i = 0; i < message.refs.length; ++i)
                        $root.dits.messages.Ref.encode(message.refs[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.refs_included != null && $Object.hasOwnProperty.call(message, "refs_included") && message.refs_included !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.refs_included);
                if (message.repository_id != null && $Object.hasOwnProperty.call(message, "repository_id") && message.repository_id.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.repository_id);
                if (message.kept != null && $Object.hasOwnProperty.call(message, "kept") && message.kept !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.kept);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AuthOk message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.AuthOk
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.AuthOk & dits.messages.AuthOk.$Shape} AuthOk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AuthOk.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.AuthOk();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.access = value;
                            else
                                delete message.access;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.head = $root.dits.messages.Head.decode(reader, reader.size(), $undefined, _depth + 1, message.head);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.object_count = value;
                            else
                                delete message.object_count;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refs && message.refs.length))
                                message.refs = [];
                            message.refs.push($root.dits.messages.Ref.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.refs_included = value;
                            else
                                delete message.refs_included;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.repository_id = value;
                            else
                                delete message.repository_id;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.kept = value;
                            else
                                delete message.kept;
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
             * Gets the type url for AuthOk
             * @function getTypeUrl
             * @memberof dits.messages.AuthOk
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AuthOk.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.AuthOk";
            };

            return AuthOk;
        })();

        messages.AuthFail = (function() {

            /**
             * Properties of an AuthFail.
             * @typedef {Object} dits.messages.AuthFail.$Properties
             * @property {number|null} [code] AuthFail code
             * @property {string|null} [message] AuthFail message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AuthFail.
             * @memberof dits.messages
             * @interface IAuthFail
             * @augments dits.messages.AuthFail.$Properties
             * @deprecated Use dits.messages.AuthFail.$Properties instead.
             */

            /**
             * Shape of an AuthFail.
             * @typedef {dits.messages.AuthFail.$Properties} dits.messages.AuthFail.$Shape
             */

            /**
             * Constructs a new AuthFail.
             * @memberof dits.messages
             * @classdesc Represents an AuthFail.
             * @constructor
             * @param {dits.messages.AuthFail.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AuthFail = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AuthFail code.
             * @member {number} code
             * @memberof dits.messages.AuthFail
             * @instance
             */
            AuthFail.prototype.code = 0;

            /**
             * AuthFail message.
             * @member {string} message
             * @memberof dits.messages.AuthFail
             * @instance
             */
            AuthFail.prototype.message = "";

            /**
             * Encodes the specified AuthFail message. Does not implicitly {@link dits.messages.AuthFail.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.AuthFail
             * @static
             * @param {dits.messages.AuthFail.$Properties} message AuthFail message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AuthFail.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AuthFail message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.AuthFail
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.AuthFail & dits.messages.AuthFail.$Shape} AuthFail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AuthFail.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.AuthFail();
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
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
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
             * Gets the type url for AuthFail
             * @function getTypeUrl
             * @memberof dits.messages.AuthFail
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AuthFail.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.AuthFail";
            };

            return AuthFail;
        })();

        messages.Close = (function() {

            /**
             * Properties of a Close.
             * @typedef {Object} dits.messages.Close.$Properties
             * @property {number|null} [code] Close code
             * @property {string|null} [reason] Close reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Close.
             * @memberof dits.messages
             * @interface IClose
             * @augments dits.messages.Close.$Properties
             * @deprecated Use dits.messages.Close.$Properties instead.
             */

            /**
             * Shape of a Close.
             * @typedef {dits.messages.Close.$Properties} dits.messages.Close.$Shape
             */

            /**
             * Constructs a new Close.
             * @memberof dits.messages
             * @classdesc Represents a Close.
             * @constructor
             * @param {dits.messages.Close.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Close = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Close code.
             * @member {number} code
             * @memberof dits.messages.Close
             * @instance
             */
            Close.prototype.code = 0;

            /**
             * Close reason.
             * @member {string} reason
             * @memberof dits.messages.Close
             * @instance
             */
            Close.prototype.reason = "";

            /**
             * Encodes the specified Close message. Does not implicitly {@link dits.messages.Close.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Close
             * @static
             * @param {dits.messages.Close.$Properties} message Close message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Close.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Close message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Close
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Close & dits.messages.Close.$Shape} Close
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Close.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Close();
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
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
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
             * Gets the type url for Close
             * @function getTypeUrl
             * @memberof dits.messages.Close
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Close.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Close";
            };

            return Close;
        })();

        messages.Error = (function() {

            /**
             * Properties of an Error.
             * @typedef {Object} dits.messages.Error.$Properties
             * @property {number|null} [code] Error code
             * @property {string|null} [message] Error message
             * @property {string|null} [name] Error name
             * @property {number|null} [retry_after_ms] Error retry_after_ms
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Error.
             * @memberof dits.messages
             * @interface IError
             * @augments dits.messages.Error.$Properties
             * @deprecated Use dits.messages.Error.$Properties instead.
             */

            /**
             * Shape of an Error.
             * @typedef {dits.messages.Error.$Properties} dits.messages.Error.$Shape
             */

            /**
             * Constructs a new Error.
             * @memberof dits.messages
             * @classdesc Represents an Error.
             * @constructor
             * @param {dits.messages.Error.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Error = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Error code.
             * @member {number} code
             * @memberof dits.messages.Error
             * @instance
             */
            Error.prototype.code = 0;

            /**
             * Error message.
             * @member {string} message
             * @memberof dits.messages.Error
             * @instance
             */
            Error.prototype.message = "";

            /**
             * Error name.
             * @member {string} name
             * @memberof dits.messages.Error
             * @instance
             */
            Error.prototype.name = "";

            /**
             * Error retry_after_ms.
             * @member {number} retry_after_ms
             * @memberof dits.messages.Error
             * @instance
             */
            Error.prototype.retry_after_ms = 0;

            /**
             * Encodes the specified Error message. Does not implicitly {@link dits.messages.Error.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Error
             * @static
             * @param {dits.messages.Error.$Properties} message Error message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Error.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.retry_after_ms != null && $Object.hasOwnProperty.call(message, "retry_after_ms") && message.retry_after_ms !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.retry_after_ms);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Error
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Error & dits.messages.Error.$Shape} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Error.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Error();
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
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
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
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.retry_after_ms = value;
                            else
                                delete message.retry_after_ms;
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
             * Gets the type url for Error
             * @function getTypeUrl
             * @memberof dits.messages.Error
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Error.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Error";
            };

            return Error;
        })();

        messages.Head = (function() {

            /**
             * Properties of a Head.
             * @typedef {Object} dits.messages.Head.$Properties
             * @property {string|null} [branch] Head branch
             * @property {Uint8Array|null} [detached] Head detached
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Head.
             * @memberof dits.messages
             * @interface IHead
             * @augments dits.messages.Head.$Properties
             * @deprecated Use dits.messages.Head.$Properties instead.
             */

            /**
             * Shape of a Head.
             * @typedef {dits.messages.Head.$Properties} dits.messages.Head.$Shape
             */

            /**
             * Constructs a new Head.
             * @memberof dits.messages
             * @classdesc Represents a Head.
             * @constructor
             * @param {dits.messages.Head.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Head = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Head branch.
             * @member {string} branch
             * @memberof dits.messages.Head
             * @instance
             */
            Head.prototype.branch = "";

            /**
             * Head detached.
             * @member {Uint8Array} detached
             * @memberof dits.messages.Head
             * @instance
             */
            Head.prototype.detached = $util.newBuffer([]);

            /**
             * Encodes the specified Head message. Does not implicitly {@link dits.messages.Head.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Head
             * @static
             * @param {dits.messages.Head.$Properties} message Head message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Head.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.branch != null && $Object.hasOwnProperty.call(message, "branch") && message.branch !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.branch);
                if (message.detached != null && $Object.hasOwnProperty.call(message, "detached") && message.detached.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.detached);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Head message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Head
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Head & dits.messages.Head.$Shape} Head
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Head.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Head();
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
                                message.branch = value;
                            else
                                delete message.branch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.detached = value;
                            else
                                delete message.detached;
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
             * Gets the type url for Head
             * @function getTypeUrl
             * @memberof dits.messages.Head
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Head.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Head";
            };

            return Head;
        })();

        messages.Ref = (function() {

            /**
             * Properties of a Ref.
             * @typedef {Object} dits.messages.Ref.$Properties
             * @property {string|null} [name] Ref name
             * @property {Uint8Array|null} [target] Ref target
             * @property {dits.messages.RefMove.$Properties|null} [move] Ref move
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Ref.
             * @memberof dits.messages
             * @interface IRef
             * @augments dits.messages.Ref.$Properties
             * @deprecated Use dits.messages.Ref.$Properties instead.
             */

            /**
             * Shape of a Ref.
             * @typedef {dits.messages.Ref.$Properties} dits.messages.Ref.$Shape
             */

            /**
             * Constructs a new Ref.
             * @memberof dits.messages
             * @classdesc Represents a Ref.
             * @constructor
             * @param {dits.messages.Ref.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ref = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ref name.
             * @member {string} name
             * @memberof dits.messages.Ref
             * @instance
             */
            Ref.prototype.name = "";

            /**
             * Ref target.
             * @member {Uint8Array} target
             * @memberof dits.messages.Ref
             * @instance
             */
            Ref.prototype.target = $util.newBuffer([]);

            /**
             * Ref move.
             * @member {dits.messages.RefMove.$Properties|null|undefined} move
             * @memberof dits.messages.Ref
             * @instance
             */
            Ref.prototype.move = null;

            /**
             * Encodes the specified Ref message. Does not implicitly {@link dits.messages.Ref.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Ref
             * @static
             * @param {dits.messages.Ref.$Properties} message Ref message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ref.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target") && message.target.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.target);
                if (message.move != null && $Object.hasOwnProperty.call(message, "move"))
                    $root.dits.messages.RefMove.encode(message.move, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Ref message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Ref
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Ref & dits.messages.Ref.$Shape} Ref
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ref.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Ref();
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
                            if ((value = reader.bytes()).length)
                                message.target = value;
                            else
                                delete message.target;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.move = $root.dits.messages.RefMove.decode(reader, reader.size(), $undefined, _depth + 1, message.move);
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
             * Gets the type url for Ref
             * @function getTypeUrl
             * @memberof dits.messages.Ref
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Ref.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Ref";
            };

            return Ref;
        })();

        messages.RefMove = (function() {

            /**
             * Properties of a RefMove.
             * @typedef {Object} dits.messages.RefMove.$Properties
             * @property {Uint8Array|null} [mover] RefMove mover
             * @property {number|Long|null} [sequence] RefMove sequence
             * @property {number|Long|null} [rewound] RefMove rewound
             * @property {boolean|null} [kept] RefMove kept
             * @property {Uint8Array|null} [signature] RefMove signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefMove.
             * @memberof dits.messages
             * @interface IRefMove
             * @augments dits.messages.RefMove.$Properties
             * @deprecated Use dits.messages.RefMove.$Properties instead.
             */

            /**
             * Shape of a RefMove.
             * @typedef {dits.messages.RefMove.$Properties} dits.messages.RefMove.$Shape
             */

            /**
             * Constructs a new RefMove.
             * @memberof dits.messages
             * @classdesc Represents a RefMove.
             * @constructor
             * @param {dits.messages.RefMove.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefMove = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefMove mover.
             * @member {Uint8Array} mover
             * @memberof dits.messages.RefMove
             * @instance
             */
            RefMove.prototype.mover = $util.newBuffer([]);

            /**
             * RefMove sequence.
             * @member {number|Long} sequence
             * @memberof dits.messages.RefMove
             * @instance
             */
            RefMove.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RefMove rewound.
             * @member {number|Long} rewound
             * @memberof dits.messages.RefMove
             * @instance
             */
            RefMove.prototype.rewound = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RefMove kept.
             * @member {boolean} kept
             * @memberof dits.messages.RefMove
             * @instance
             */
            RefMove.prototype.kept = false;

            /**
             * RefMove signature.
             * @member {Uint8Array} signature
             * @memberof dits.messages.RefMove
             * @instance
             */
            RefMove.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified RefMove message. Does not implicitly {@link dits.messages.RefMove.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefMove
             * @static
             * @param {dits.messages.RefMove.$Properties} message RefMove message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefMove.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.mover != null && $Object.hasOwnProperty.call(message, "mover") && message.mover.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.mover);
                if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.sequence);
                if (message.rewound != null && $Object.hasOwnProperty.call(message, "rewound") && (typeof message.rewound === "object" ? message.rewound.low || message.rewound.high : message.rewound !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.rewound);
                if (message.kept != null && $Object.hasOwnProperty.call(message, "kept") && message.kept !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.kept);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefMove message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefMove
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefMove & dits.messages.RefMove.$Shape} RefMove
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefMove.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefMove();
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
                                message.mover = value;
                            else
                                delete message.mover;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sequence = value;
                            else
                                delete message.sequence;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.rewound = value;
                            else
                                delete message.rewound;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.kept = value;
                            else
                                delete message.kept;
                            continue;
                        }
                    case 5: {
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
             * Gets the type url for RefMove
             * @function getTypeUrl
             * @memberof dits.messages.RefMove
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefMove.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefMove";
            };

            return RefMove;
        })();

        messages.RefList = (function() {

            /**
             * Properties of a RefList.
             * @typedef {Object} dits.messages.RefList.$Properties
             * @property {number|null} [handle] RefList handle
             * @property {string|null} [after] RefList after
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefList.
             * @memberof dits.messages
             * @interface IRefList
             * @augments dits.messages.RefList.$Properties
             * @deprecated Use dits.messages.RefList.$Properties instead.
             */

            /**
             * Shape of a RefList.
             * @typedef {dits.messages.RefList.$Properties} dits.messages.RefList.$Shape
             */

            /**
             * Constructs a new RefList.
             * @memberof dits.messages
             * @classdesc Represents a RefList.
             * @constructor
             * @param {dits.messages.RefList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefList = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefList handle.
             * @member {number} handle
             * @memberof dits.messages.RefList
             * @instance
             */
            RefList.prototype.handle = 0;

            /**
             * RefList after.
             * @member {string} after
             * @memberof dits.messages.RefList
             * @instance
             */
            RefList.prototype.after = "";

            /**
             * Encodes the specified RefList message. Does not implicitly {@link dits.messages.RefList.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefList
             * @static
             * @param {dits.messages.RefList.$Properties} message RefList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.after != null && $Object.hasOwnProperty.call(message, "after") && message.after !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.after);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefList message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefList & dits.messages.RefList.$Shape} RefList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefList.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefList();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.after = value;
                            else
                                delete message.after;
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
             * Gets the type url for RefList
             * @function getTypeUrl
             * @memberof dits.messages.RefList
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefList.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefList";
            };

            return RefList;
        })();

        messages.RefListResponse = (function() {

            /**
             * Properties of a RefListResponse.
             * @typedef {Object} dits.messages.RefListResponse.$Properties
             * @property {dits.messages.Head.$Properties|null} [head] RefListResponse head
             * @property {Array.<dits.messages.Ref.$Properties>|null} [refs] RefListResponse refs
             * @property {boolean|null} [more] RefListResponse more
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefListResponse.
             * @memberof dits.messages
             * @interface IRefListResponse
             * @augments dits.messages.RefListResponse.$Properties
             * @deprecated Use dits.messages.RefListResponse.$Properties instead.
             */

            /**
             * Shape of a RefListResponse.
             * @typedef {dits.messages.RefListResponse.$Properties} dits.messages.RefListResponse.$Shape
             */

            /**
             * Constructs a new RefListResponse.
             * @memberof dits.messages
             * @classdesc Represents a RefListResponse.
             * @constructor
             * @param {dits.messages.RefListResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefListResponse = function (properties) {
                this.refs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefListResponse head.
             * @member {dits.messages.Head.$Properties|null|undefined} head
             * @memberof dits.messages.RefListResponse
             * @instance
             */
            RefListResponse.prototype.head = null;

            /**
             * RefListResponse refs.
             * @member {Array.<dits.messages.Ref.$Properties>} refs
             * @memberof dits.messages.RefListResponse
             * @instance
             */
            RefListResponse.prototype.refs = $util.emptyArray;

            /**
             * RefListResponse more.
             * @member {boolean} more
             * @memberof dits.messages.RefListResponse
             * @instance
             */
            RefListResponse.prototype.more = false;

            /**
             * Encodes the specified RefListResponse message. Does not implicitly {@link dits.messages.RefListResponse.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefListResponse
             * @static
             * @param {dits.messages.RefListResponse.$Properties} message RefListResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefListResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.head != null && $Object.hasOwnProperty.call(message, "head"))
                    $root.dits.messages.Head.encode(message.head, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.refs != null && message.refs.length)
                    for (let i = 0; i < message.refs.length; ++i)
                        $root.dits.messages.Ref.encode(message.refs[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.more);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefListResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefListResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefListResponse & dits.messages.RefListResponse.$Shape} RefListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefListResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefListResponse();
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
                            message.head = $root.dits.messages.Head.decode(reader, reader.size(), $undefined, _depth + 1, message.head);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refs && message.refs.length))
                                message.refs = [];
                            message.refs.push($root.dits.messages.Ref.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.more = value;
                            else
                                delete message.more;
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
             * Gets the type url for RefListResponse
             * @function getTypeUrl
             * @memberof dits.messages.RefListResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefListResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefListResponse";
            };

            return RefListResponse;
        })();

        messages.RepoList = (function() {

            /**
             * Properties of a RepoList.
             * @typedef {Object} dits.messages.RepoList.$Properties
             * @property {string|null} [after] RepoList after
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RepoList.
             * @memberof dits.messages
             * @interface IRepoList
             * @augments dits.messages.RepoList.$Properties
             * @deprecated Use dits.messages.RepoList.$Properties instead.
             */

            /**
             * Shape of a RepoList.
             * @typedef {dits.messages.RepoList.$Properties} dits.messages.RepoList.$Shape
             */

            /**
             * Constructs a new RepoList.
             * @memberof dits.messages
             * @classdesc Represents a RepoList.
             * @constructor
             * @param {dits.messages.RepoList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RepoList = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RepoList after.
             * @member {string} after
             * @memberof dits.messages.RepoList
             * @instance
             */
            RepoList.prototype.after = "";

            /**
             * Encodes the specified RepoList message. Does not implicitly {@link dits.messages.RepoList.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RepoList
             * @static
             * @param {dits.messages.RepoList.$Properties} message RepoList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RepoList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.after != null && $Object.hasOwnProperty.call(message, "after") && message.after !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.after);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RepoList message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RepoList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RepoList & dits.messages.RepoList.$Shape} RepoList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RepoList.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RepoList();
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
                                message.after = value;
                            else
                                delete message.after;
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
             * Gets the type url for RepoList
             * @function getTypeUrl
             * @memberof dits.messages.RepoList
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RepoList.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RepoList";
            };

            return RepoList;
        })();

        messages.RepoListResponse = (function() {

            /**
             * Properties of a RepoListResponse.
             * @typedef {Object} dits.messages.RepoListResponse.$Properties
             * @property {Array.<dits.messages.SharedRepository.$Properties>|null} [repositories] RepoListResponse repositories
             * @property {boolean|null} [more] RepoListResponse more
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RepoListResponse.
             * @memberof dits.messages
             * @interface IRepoListResponse
             * @augments dits.messages.RepoListResponse.$Properties
             * @deprecated Use dits.messages.RepoListResponse.$Properties instead.
             */

            /**
             * Shape of a RepoListResponse.
             * @typedef {dits.messages.RepoListResponse.$Properties} dits.messages.RepoListResponse.$Shape
             */

            /**
             * Constructs a new RepoListResponse.
             * @memberof dits.messages
             * @classdesc Represents a RepoListResponse.
             * @constructor
             * @param {dits.messages.RepoListResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RepoListResponse = function (properties) {
                this.repositories = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RepoListResponse repositories.
             * @member {Array.<dits.messages.SharedRepository.$Properties>} repositories
             * @memberof dits.messages.RepoListResponse
             * @instance
             */
            RepoListResponse.prototype.repositories = $util.emptyArray;

            /**
             * RepoListResponse more.
             * @member {boolean} more
             * @memberof dits.messages.RepoListResponse
             * @instance
             */
            RepoListResponse.prototype.more = false;

            /**
             * Encodes the specified RepoListResponse message. Does not implicitly {@link dits.messages.RepoListResponse.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RepoListResponse
             * @static
             * @param {dits.messages.RepoListResponse.$Properties} message RepoListResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RepoListResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.repositories != null && message.repositories.length)
                    for (let i = 0; i < message.repositories.length; ++i)
                        $root.dits.messages.SharedRepository.encode(message.repositories[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.more != null && $Object.hasOwnProperty.call(message, "more") && message.more !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.more);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RepoListResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RepoListResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RepoListResponse & dits.messages.RepoListResponse.$Shape} RepoListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RepoListResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RepoListResponse();
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
                            if (!(message.repositories && message.repositories.length))
                                message.repositories = [];
                            message.repositories.push($root.dits.messages.SharedRepository.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.more = value;
                            else
                                delete message.more;
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
             * Gets the type url for RepoListResponse
             * @function getTypeUrl
             * @memberof dits.messages.RepoListResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RepoListResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RepoListResponse";
            };

            return RepoListResponse;
        })();

        messages.SharedRepository = (function() {

            /**
             * Properties of a SharedRepository.
             * @typedef {Object} dits.messages.SharedRepository.$Properties
             * @property {string|null} [name] SharedRepository name
             * @property {number|null} [access] SharedRepository access
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SharedRepository.
             * @memberof dits.messages
             * @interface ISharedRepository
             * @augments dits.messages.SharedRepository.$Properties
             * @deprecated Use dits.messages.SharedRepository.$Properties instead.
             */

            /**
             * Shape of a SharedRepository.
             * @typedef {dits.messages.SharedRepository.$Properties} dits.messages.SharedRepository.$Shape
             */

            /**
             * Constructs a new SharedRepository.
             * @memberof dits.messages
             * @classdesc Represents a SharedRepository.
             * @constructor
             * @param {dits.messages.SharedRepository.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SharedRepository = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SharedRepository name.
             * @member {string} name
             * @memberof dits.messages.SharedRepository
             * @instance
             */
            SharedRepository.prototype.name = "";

            /**
             * SharedRepository access.
             * @member {number} access
             * @memberof dits.messages.SharedRepository
             * @instance
             */
            SharedRepository.prototype.access = 0;

            /**
             * Encodes the specified SharedRepository message. Does not implicitly {@link dits.messages.SharedRepository.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SharedRepository
             * @static
             * @param {dits.messages.SharedRepository.$Properties} message SharedRepository message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SharedRepository.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.access != null && $Object.hasOwnProperty.call(message, "access") && message.access !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.access);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SharedRepository message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SharedRepository
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SharedRepository & dits.messages.SharedRepository.$Shape} SharedRepository
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SharedRepository.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SharedRepository();
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
                                message.access = value;
                            else
                                delete message.access;
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
             * Gets the type url for SharedRepository
             * @function getTypeUrl
             * @memberof dits.messages.SharedRepository
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SharedRepository.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SharedRepository";
            };

            return SharedRepository;
        })();

        messages.RefChange = (function() {

            /**
             * Properties of a RefChange.
             * @typedef {Object} dits.messages.RefChange.$Properties
             * @property {string|null} [name] RefChange name
             * @property {Uint8Array|null} [old] RefChange old
             * @property {Uint8Array|null} ["new"] RefChange new
             * @property {boolean|null} [force] RefChange force
             * @property {dits.messages.RefMove.$Properties|null} [move] RefChange move
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefChange.
             * @memberof dits.messages
             * @interface IRefChange
             * @augments dits.messages.RefChange.$Properties
             * @deprecated Use dits.messages.RefChange.$Properties instead.
             */

            /**
             * Shape of a RefChange.
             * @typedef {dits.messages.RefChange.$Properties} dits.messages.RefChange.$Shape
             */

            /**
             * Constructs a new RefChange.
             * @memberof dits.messages
             * @classdesc Represents a RefChange.
             * @constructor
             * @param {dits.messages.RefChange.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefChange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefChange name.
             * @member {string} name
             * @memberof dits.messages.RefChange
             * @instance
             */
            RefChange.prototype.name = "";

            /**
             * RefChange old.
             * @member {Uint8Array} old
             * @memberof dits.messages.RefChange
             * @instance
             */
            RefChange.prototype.old = $util.newBuffer([]);

            /**
             * RefChange new.
             * @member {Uint8Array} new
             * @memberof dits.messages.RefChange
             * @instance
             */
            RefChange.prototype["new"] = $util.newBuffer([]);

            /**
             * RefChange force.
             * @member {boolean} force
             * @memberof dits.messages.RefChange
             * @instance
             */
            RefChange.prototype.force = false;

            /**
             * RefChange move.
             * @member {dits.messages.RefMove.$Properties|null|undefined} move
             * @memberof dits.messages.RefChange
             * @instance
             */
            RefChange.prototype.move = null;

            /**
             * Encodes the specified RefChange message. Does not implicitly {@link dits.messages.RefChange.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefChange
             * @static
             * @param {dits.messages.RefChange.$Properties} message RefChange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefChange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.old != null && $Object.hasOwnProperty.call(message, "old") && message.old.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.old);
                if (message["new"] != null && $Object.hasOwnProperty.call(message, "new") && message["new"].length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message["new"]);
                if (message.force != null && $Object.hasOwnProperty.call(message, "force") && message.force !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.force);
                if (message.move != null && $Object.hasOwnProperty.call(message, "move"))
                    $root.dits.messages.RefMove.encode(message.move, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefChange message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefChange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefChange & dits.messages.RefChange.$Shape} RefChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefChange.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefChange();
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
                            if ((value = reader.bytes()).length)
                                message.old = value;
                            else
                                delete message.old;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message["new"] = value;
                            else
                                delete message["new"];
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.force = value;
                            else
                                delete message.force;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.move = $root.dits.messages.RefMove.decode(reader, reader.size(), $undefined, _depth + 1, message.move);
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
             * Gets the type url for RefChange
             * @function getTypeUrl
             * @memberof dits.messages.RefChange
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefChange.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefChange";
            };

            return RefChange;
        })();

        messages.RefUpdate = (function() {

            /**
             * Properties of a RefUpdate.
             * @typedef {Object} dits.messages.RefUpdate.$Properties
             * @property {number|null} [handle] RefUpdate handle
             * @property {Array.<dits.messages.RefChange.$Properties>|null} [changes] RefUpdate changes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefUpdate.
             * @memberof dits.messages
             * @interface IRefUpdate
             * @augments dits.messages.RefUpdate.$Properties
             * @deprecated Use dits.messages.RefUpdate.$Properties instead.
             */

            /**
             * Shape of a RefUpdate.
             * @typedef {dits.messages.RefUpdate.$Properties} dits.messages.RefUpdate.$Shape
             */

            /**
             * Constructs a new RefUpdate.
             * @memberof dits.messages
             * @classdesc Represents a RefUpdate.
             * @constructor
             * @param {dits.messages.RefUpdate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefUpdate = function (properties) {
                this.changes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefUpdate handle.
             * @member {number} handle
             * @memberof dits.messages.RefUpdate
             * @instance
             */
            RefUpdate.prototype.handle = 0;

            /**
             * RefUpdate changes.
             * @member {Array.<dits.messages.RefChange.$Properties>} changes
             * @memberof dits.messages.RefUpdate
             * @instance
             */
            RefUpdate.prototype.changes = $util.emptyArray;

            /**
             * Encodes the specified RefUpdate message. Does not implicitly {@link dits.messages.RefUpdate.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefUpdate
             * @static
             * @param {dits.messages.RefUpdate.$Properties} message RefUpdate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefUpdate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.changes != null && message.changes.length)
                    for (let i = 0; i < message.changes.length; ++i)
                        $root.dits.messages.RefChange.encode(message.changes[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefUpdate message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefUpdate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefUpdate & dits.messages.RefUpdate.$Shape} RefUpdate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefUpdate.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefUpdate();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.changes && message.changes.length))
                                message.changes = [];
                            message.changes.push($root.dits.messages.RefChange.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Gets the type url for RefUpdate
             * @function getTypeUrl
             * @memberof dits.messages.RefUpdate
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefUpdate.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefUpdate";
            };

            return RefUpdate;
        })();

        messages.RefResult = (function() {

            /**
             * Properties of a RefResult.
             * @typedef {Object} dits.messages.RefResult.$Properties
             * @property {string|null} [name] RefResult name
             * @property {number|null} [result] RefResult result
             * @property {Uint8Array|null} [current] RefResult current
             * @property {string|null} [message] RefResult message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefResult.
             * @memberof dits.messages
             * @interface IRefResult
             * @augments dits.messages.RefResult.$Properties
             * @deprecated Use dits.messages.RefResult.$Properties instead.
             */

            /**
             * Shape of a RefResult.
             * @typedef {dits.messages.RefResult.$Properties} dits.messages.RefResult.$Shape
             */

            /**
             * Constructs a new RefResult.
             * @memberof dits.messages
             * @classdesc Represents a RefResult.
             * @constructor
             * @param {dits.messages.RefResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefResult name.
             * @member {string} name
             * @memberof dits.messages.RefResult
             * @instance
             */
            RefResult.prototype.name = "";

            /**
             * RefResult result.
             * @member {number} result
             * @memberof dits.messages.RefResult
             * @instance
             */
            RefResult.prototype.result = 0;

            /**
             * RefResult current.
             * @member {Uint8Array} current
             * @memberof dits.messages.RefResult
             * @instance
             */
            RefResult.prototype.current = $util.newBuffer([]);

            /**
             * RefResult message.
             * @member {string} message
             * @memberof dits.messages.RefResult
             * @instance
             */
            RefResult.prototype.message = "";

            /**
             * Encodes the specified RefResult message. Does not implicitly {@link dits.messages.RefResult.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefResult
             * @static
             * @param {dits.messages.RefResult.$Properties} message RefResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.result);
                if (message.current != null && $Object.hasOwnProperty.call(message, "current") && message.current.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.current);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefResult message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefResult & dits.messages.RefResult.$Shape} RefResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefResult.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.RefResult();
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
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.current = value;
                            else
                                delete message.current;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
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
             * Gets the type url for RefResult
             * @function getTypeUrl
             * @memberof dits.messages.RefResult
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefResult.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefResult";
            };

            return RefResult;
        })();

        messages.RefUpdateResult = (function() {

            /**
             * Properties of a RefUpdateResult.
             * @typedef {Object} dits.messages.RefUpdateResult.$Properties
             * @property {Array.<dits.messages.RefResult.$Properties>|null} [results] RefUpdateResult results
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefUpdateResult.
             * @memberof dits.messages
             * @interface IRefUpdateResult
             * @augments dits.messages.RefUpdateResult.$Properties
             * @deprecated Use dits.messages.RefUpdateResult.$Properties instead.
             */

            /**
             * Shape of a RefUpdateResult.
             * @typedef {dits.messages.RefUpdateResult.$Properties} dits.messages.RefUpdateResult.$Shape
             */

            /**
             * Constructs a new RefUpdateResult.
             * @memberof dits.messages
             * @classdesc Represents a RefUpdateResult.
             * @constructor
             * @param {dits.messages.RefUpdateResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefUpdateResult = function (properties) {
                this.results = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefUpdateResult results.
             * @member {Array.<dits.messages.RefResult.$Properties>} results
             * @memberof dits.messages.RefUpdateResult
             * @instance
             */
            RefUpdateResult.prototype.results = $util.emptyArray;

            /**
             * Encodes the specified RefUpdateResult message. Does not implicitly {@link dits.messages.RefUpdateResult.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.RefUpdateResult
             * @static
             * @param {dits.messages.RefUpdateResult.$Properties} message RefUpdateResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefUpdateResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.results != null && message.results.length)
                    for (let i = 0; i < message.results.length; ++i)
                        $root.dits.messages.RefResult.encode(message.results[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefUpdateResult message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.RefUpdateResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.RefUpdateResult & dits.messages.RefUpdateResult.$Shape} RefUpdateResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefUpdateResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.RefUpdateResult();
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
                            if (!(message.results && message.results.length))
                                message.results = [];
                            message.results.push($root.dits.messages.RefResult.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Gets the type url for RefUpdateResult
             * @function getTypeUrl
             * @memberof dits.messages.RefUpdateResult
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RefUpdateResult.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.RefUpdateResult";
            };

            return RefUpdateResult;
        })();

        messages.Rotation = (function() {

            /**
             * Properties of a Rotation.
             * @typedef {Object} dits.messages.Rotation.$Properties
             * @property {string|null} [old] Rotation old
             * @property {string|null} ["new"] Rotation new
             * @property {number|Long|null} [rotated_at] Rotation rotated_at
             * @property {Uint8Array|null} [old_signature] Rotation old_signature
             * @property {Uint8Array|null} [new_signature] Rotation new_signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Rotation.
             * @memberof dits.messages
             * @interface IRotation
             * @augments dits.messages.Rotation.$Properties
             * @deprecated Use dits.messages.Rotation.$Properties instead.
             */

            /**
             * Shape of a Rotation.
             * @typedef {dits.messages.Rotation.$Properties} dits.messages.Rotation.$Shape
             */

            /**
             * Constructs a new Rotation.
             * @memberof dits.messages
             * @classdesc Represents a Rotation.
             * @constructor
             * @param {dits.messages.Rotation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Rotation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Rotation old.
             * @member {string} old
             * @memberof dits.messages.Rotation
             * @instance
             */
            Rotation.prototype.old = "";

            /**
             * Rotation new.
             * @member {string} new
             * @memberof dits.messages.Rotation
             * @instance
             */
            Rotation.prototype["new"] = "";

            /**
             * Rotation rotated_at.
             * @member {number|Long} rotated_at
             * @memberof dits.messages.Rotation
             * @instance
             */
            Rotation.prototype.rotated_at = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Rotation old_signature.
             * @member {Uint8Array} old_signature
             * @memberof dits.messages.Rotation
             * @instance
             */
            Rotation.prototype.old_signature = $util.newBuffer([]);

            /**
             * Rotation new_signature.
             * @member {Uint8Array} new_signature
             * @memberof dits.messages.Rotation
             * @instance
             */
            Rotation.prototype.new_signature = $util.newBuffer([]);

            /**
             * Encodes the specified Rotation message. Does not implicitly {@link dits.messages.Rotation.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Rotation
             * @static
             * @param {dits.messages.Rotation.$Properties} message Rotation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Rotation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.old != null && $Object.hasOwnProperty.call(message, "old") && message.old !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.old);
                if (message["new"] != null && $Object.hasOwnProperty.call(message, "new") && message["new"] !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message["new"]);
                if (message.rotated_at != null && $Object.hasOwnProperty.call(message, "rotated_at") && (typeof message.rotated_at === "object" ? message.rotated_at.low || message.rotated_at.high : message.rotated_at !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.rotated_at);
                if (message.old_signature != null && $Object.hasOwnProperty.call(message, "old_signature") && message.old_signature.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.old_signature);
                if (message.new_signature != null && $Object.hasOwnProperty.call(message, "new_signature") && message.new_signature.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.new_signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Rotation message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Rotation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Rotation & dits.messages.Rotation.$Shape} Rotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Rotation.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Rotation();
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
                                message.old = value;
                            else
                                delete message.old;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message["new"] = value;
                            else
                                delete message["new"];
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.rotated_at = value;
                            else
                                delete message.rotated_at;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.old_signature = value;
                            else
                                delete message.old_signature;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.new_signature = value;
                            else
                                delete message.new_signature;
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
             * Gets the type url for Rotation
             * @function getTypeUrl
             * @memberof dits.messages.Rotation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Rotation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Rotation";
            };

            return Rotation;
        })();

        messages.IdentityRotate = (function() {

            /**
             * Properties of an IdentityRotate.
             * @typedef {Object} dits.messages.IdentityRotate.$Properties
             * @property {dits.messages.Rotation.$Properties|null} [rotation] IdentityRotate rotation
             * @property {string|null} [asked] IdentityRotate asked
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IdentityRotate.
             * @memberof dits.messages
             * @interface IIdentityRotate
             * @augments dits.messages.IdentityRotate.$Properties
             * @deprecated Use dits.messages.IdentityRotate.$Properties instead.
             */

            /**
             * Shape of an IdentityRotate.
             * @typedef {dits.messages.IdentityRotate.$Properties} dits.messages.IdentityRotate.$Shape
             */

            /**
             * Constructs a new IdentityRotate.
             * @memberof dits.messages
             * @classdesc Represents an IdentityRotate.
             * @constructor
             * @param {dits.messages.IdentityRotate.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IdentityRotate = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IdentityRotate rotation.
             * @member {dits.messages.Rotation.$Properties|null|undefined} rotation
             * @memberof dits.messages.IdentityRotate
             * @instance
             */
            IdentityRotate.prototype.rotation = null;

            /**
             * IdentityRotate asked.
             * @member {string} asked
             * @memberof dits.messages.IdentityRotate
             * @instance
             */
            IdentityRotate.prototype.asked = "";

            /**
             * Encodes the specified IdentityRotate message. Does not implicitly {@link dits.messages.IdentityRotate.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.IdentityRotate
             * @static
             * @param {dits.messages.IdentityRotate.$Properties} message IdentityRotate message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IdentityRotate.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.rotation != null && $Object.hasOwnProperty.call(message, "rotation"))
                    $root.dits.messages.Rotation.encode(message.rotation, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.asked != null && $Object.hasOwnProperty.call(message, "asked") && message.asked !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.asked);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an IdentityRotate message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.IdentityRotate
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.IdentityRotate & dits.messages.IdentityRotate.$Shape} IdentityRotate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IdentityRotate.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.IdentityRotate();
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
                            message.rotation = $root.dits.messages.Rotation.decode(reader, reader.size(), $undefined, _depth + 1, message.rotation);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.asked = value;
                            else
                                delete message.asked;
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
             * Gets the type url for IdentityRotate
             * @function getTypeUrl
             * @memberof dits.messages.IdentityRotate
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IdentityRotate.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.IdentityRotate";
            };

            return IdentityRotate;
        })();

        messages.IdentityRotated = (function() {

            /**
             * Properties of an IdentityRotated.
             * @typedef {Object} dits.messages.IdentityRotated.$Properties
             * @property {boolean|null} [accepted] IdentityRotated accepted
             * @property {string|null} [message] IdentityRotated message
             * @property {Array.<dits.messages.Rotation.$Properties>|null} [chain] IdentityRotated chain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an IdentityRotated.
             * @memberof dits.messages
             * @interface IIdentityRotated
             * @augments dits.messages.IdentityRotated.$Properties
             * @deprecated Use dits.messages.IdentityRotated.$Properties instead.
             */

            /**
             * Shape of an IdentityRotated.
             * @typedef {dits.messages.IdentityRotated.$Properties} dits.messages.IdentityRotated.$Shape
             */

            /**
             * Constructs a new IdentityRotated.
             * @memberof dits.messages
             * @classdesc Represents an IdentityRotated.
             * @constructor
             * @param {dits.messages.IdentityRotated.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const IdentityRotated = function (properties) {
                this.chain = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * IdentityRotated accepted.
             * @member {boolean} accepted
             * @memberof dits.messages.IdentityRotated
             * @instance
             */
            IdentityRotated.prototype.accepted = false;

            /**
             * IdentityRotated message.
             * @member {string} message
             * @memberof dits.messages.IdentityRotated
             * @instance
             */
            IdentityRotated.prototype.message = "";

            /**
             * IdentityRotated chain.
             * @member {Array.<dits.messages.Rotation.$Properties>} chain
             * @memberof dits.messages.IdentityRotated
             * @instance
             */
            IdentityRotated.prototype.chain = $util.emptyArray;

            /**
             * Encodes the specified IdentityRotated message. Does not implicitly {@link dits.messages.IdentityRotated.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.IdentityRotated
             * @static
             * @param {dits.messages.IdentityRotated.$Properties} message IdentityRotated message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            IdentityRotated.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && message.accepted !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.accepted);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.chain != null && message.chain.length)
                    for (let i = 0; i < message.chain.length; ++i)
                        $root.dits.messages.Rotation.encode(message.chain[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an IdentityRotated message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.IdentityRotated
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.IdentityRotated & dits.messages.IdentityRotated.$Shape} IdentityRotated
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            IdentityRotated.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.IdentityRotated();
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
                            if (value = reader.bool())
                                message.accepted = value;
                            else
                                delete message.accepted;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chain && message.chain.length))
                                message.chain = [];
                            message.chain.push($root.dits.messages.Rotation.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Gets the type url for IdentityRotated
             * @function getTypeUrl
             * @memberof dits.messages.IdentityRotated
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            IdentityRotated.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.IdentityRotated";
            };

            return IdentityRotated;
        })();

        messages.ChunkCheck = (function() {

            /**
             * Properties of a ChunkCheck.
             * @typedef {Object} dits.messages.ChunkCheck.$Properties
             * @property {number|null} [handle] ChunkCheck handle
             * @property {Uint8Array|null} [id] ChunkCheck id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChunkCheck.
             * @memberof dits.messages
             * @interface IChunkCheck
             * @augments dits.messages.ChunkCheck.$Properties
             * @deprecated Use dits.messages.ChunkCheck.$Properties instead.
             */

            /**
             * Shape of a ChunkCheck.
             * @typedef {dits.messages.ChunkCheck.$Properties} dits.messages.ChunkCheck.$Shape
             */

            /**
             * Constructs a new ChunkCheck.
             * @memberof dits.messages
             * @classdesc Represents a ChunkCheck.
             * @constructor
             * @param {dits.messages.ChunkCheck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChunkCheck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChunkCheck handle.
             * @member {number} handle
             * @memberof dits.messages.ChunkCheck
             * @instance
             */
            ChunkCheck.prototype.handle = 0;

            /**
             * ChunkCheck id.
             * @member {Uint8Array} id
             * @memberof dits.messages.ChunkCheck
             * @instance
             */
            ChunkCheck.prototype.id = $util.newBuffer([]);

            /**
             * Encodes the specified ChunkCheck message. Does not implicitly {@link dits.messages.ChunkCheck.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.ChunkCheck
             * @static
             * @param {dits.messages.ChunkCheck.$Properties} message ChunkCheck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChunkCheck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChunkCheck message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.ChunkCheck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.ChunkCheck & dits.messages.ChunkCheck.$Shape} ChunkCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChunkCheck.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.ChunkCheck();
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
                                message.handle = value;
                            else
                                delete message.handle;
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
             * Gets the type url for ChunkCheck
             * @function getTypeUrl
             * @memberof dits.messages.ChunkCheck
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChunkCheck.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.ChunkCheck";
            };

            return ChunkCheck;
        })();

        messages.ChunkCheckResponse = (function() {

            /**
             * Properties of a ChunkCheckResponse.
             * @typedef {Object} dits.messages.ChunkCheckResponse.$Properties
             * @property {boolean|null} [present] ChunkCheckResponse present
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChunkCheckResponse.
             * @memberof dits.messages
             * @interface IChunkCheckResponse
             * @augments dits.messages.ChunkCheckResponse.$Properties
             * @deprecated Use dits.messages.ChunkCheckResponse.$Properties instead.
             */

            /**
             * Shape of a ChunkCheckResponse.
             * @typedef {dits.messages.ChunkCheckResponse.$Properties} dits.messages.ChunkCheckResponse.$Shape
             */

            /**
             * Constructs a new ChunkCheckResponse.
             * @memberof dits.messages
             * @classdesc Represents a ChunkCheckResponse.
             * @constructor
             * @param {dits.messages.ChunkCheckResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChunkCheckResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChunkCheckResponse present.
             * @member {boolean} present
             * @memberof dits.messages.ChunkCheckResponse
             * @instance
             */
            ChunkCheckResponse.prototype.present = false;

            /**
             * Encodes the specified ChunkCheckResponse message. Does not implicitly {@link dits.messages.ChunkCheckResponse.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.ChunkCheckResponse
             * @static
             * @param {dits.messages.ChunkCheckResponse.$Properties} message ChunkCheckResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChunkCheckResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.present != null && $Object.hasOwnProperty.call(message, "present") && message.present !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.present);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChunkCheckResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.ChunkCheckResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.ChunkCheckResponse & dits.messages.ChunkCheckResponse.$Shape} ChunkCheckResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChunkCheckResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.ChunkCheckResponse();
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
                            if (value = reader.bool())
                                message.present = value;
                            else
                                delete message.present;
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
             * Gets the type url for ChunkCheckResponse
             * @function getTypeUrl
             * @memberof dits.messages.ChunkCheckResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChunkCheckResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.ChunkCheckResponse";
            };

            return ChunkCheckResponse;
        })();

        messages.BatchCheck = (function() {

            /**
             * Properties of a BatchCheck.
             * @typedef {Object} dits.messages.BatchCheck.$Properties
             * @property {number|null} [handle] BatchCheck handle
             * @property {number|null} [number] BatchCheck number
             * @property {Uint8Array|null} [ids] BatchCheck ids
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BatchCheck.
             * @memberof dits.messages
             * @interface IBatchCheck
             * @augments dits.messages.BatchCheck.$Properties
             * @deprecated Use dits.messages.BatchCheck.$Properties instead.
             */

            /**
             * Shape of a BatchCheck.
             * @typedef {dits.messages.BatchCheck.$Properties} dits.messages.BatchCheck.$Shape
             */

            /**
             * Constructs a new BatchCheck.
             * @memberof dits.messages
             * @classdesc Represents a BatchCheck.
             * @constructor
             * @param {dits.messages.BatchCheck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BatchCheck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BatchCheck handle.
             * @member {number} handle
             * @memberof dits.messages.BatchCheck
             * @instance
             */
            BatchCheck.prototype.handle = 0;

            /**
             * BatchCheck number.
             * @member {number} number
             * @memberof dits.messages.BatchCheck
             * @instance
             */
            BatchCheck.prototype.number = 0;

            /**
             * BatchCheck ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.BatchCheck
             * @instance
             */
            BatchCheck.prototype.ids = $util.newBuffer([]);

            /**
             * Encodes the specified BatchCheck message. Does not implicitly {@link dits.messages.BatchCheck.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.BatchCheck
             * @static
             * @param {dits.messages.BatchCheck.$Properties} message BatchCheck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BatchCheck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.number);
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.ids);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BatchCheck message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.BatchCheck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.BatchCheck & dits.messages.BatchCheck.$Shape} BatchCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BatchCheck.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.BatchCheck();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.ids = value;
                            else
                                delete message.ids;
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
             * Gets the type url for BatchCheck
             * @function getTypeUrl
             * @memberof dits.messages.BatchCheck
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BatchCheck.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.BatchCheck";
            };

            return BatchCheck;
        })();

        messages.BatchCheckResponse = (function() {

            /**
             * Properties of a BatchCheckResponse.
             * @typedef {Object} dits.messages.BatchCheckResponse.$Properties
             * @property {number|null} [number] BatchCheckResponse number
             * @property {number|null} [count] BatchCheckResponse count
             * @property {Uint8Array|null} [present] BatchCheckResponse present
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BatchCheckResponse.
             * @memberof dits.messages
             * @interface IBatchCheckResponse
             * @augments dits.messages.BatchCheckResponse.$Properties
             * @deprecated Use dits.messages.BatchCheckResponse.$Properties instead.
             */

            /**
             * Shape of a BatchCheckResponse.
             * @typedef {dits.messages.BatchCheckResponse.$Properties} dits.messages.BatchCheckResponse.$Shape
             */

            /**
             * Constructs a new BatchCheckResponse.
             * @memberof dits.messages
             * @classdesc Represents a BatchCheckResponse.
             * @constructor
             * @param {dits.messages.BatchCheckResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BatchCheckResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BatchCheckResponse number.
             * @member {number} number
             * @memberof dits.messages.BatchCheckResponse
             * @instance
             */
            BatchCheckResponse.prototype.number = 0;

            /**
             * BatchCheckResponse count.
             * @member {number} count
             * @memberof dits.messages.BatchCheckResponse
             * @instance
             */
            BatchCheckResponse.prototype.count = 0;

            /**
             * BatchCheckResponse present.
             * @member {Uint8Array} present
             * @memberof dits.messages.BatchCheckResponse
             * @instance
             */
            BatchCheckResponse.prototype.present = $util.newBuffer([]);

            /**
             * Encodes the specified BatchCheckResponse message. Does not implicitly {@link dits.messages.BatchCheckResponse.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.BatchCheckResponse
             * @static
             * @param {dits.messages.BatchCheckResponse.$Properties} message BatchCheckResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BatchCheckResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.number != null && $Object.hasOwnProperty.call(message, "number") && message.number !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.count);
                if (message.present != null && $Object.hasOwnProperty.call(message, "present") && message.present.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.present);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BatchCheckResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.BatchCheckResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.BatchCheckResponse & dits.messages.BatchCheckResponse.$Shape} BatchCheckResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BatchCheckResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.BatchCheckResponse();
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
                                message.number = value;
                            else
                                delete message.number;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.present = value;
                            else
                                delete message.present;
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
             * Gets the type url for BatchCheckResponse
             * @function getTypeUrl
             * @memberof dits.messages.BatchCheckResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BatchCheckResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.BatchCheckResponse";
            };

            return BatchCheckResponse;
        })();

        messages.Records = (function() {

            /**
             * Properties of a Records.
             * @typedef {Object} dits.messages.Records.$Properties
             * @property {number|null} [batch] Records batch
             * @property {Uint8Array|null} [ids] Records ids
             * @property {Uint8Array|null} [forms] Records forms
             * @property {Array.<number>|null} [raw_sizes] Records raw_sizes
             * @property {Array.<number>|null} [stored_sizes] Records stored_sizes
             * @property {Uint8Array|null} [absent] Records absent
             * @property {boolean|null} [last] Records last
             * @property {Uint8Array|null} [data] Records data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Records.
             * @memberof dits.messages
             * @interface IRecords
             * @augments dits.messages.Records.$Properties
             * @deprecated Use dits.messages.Records.$Properties instead.
             */

            /**
             * Shape of a Records.
             * @typedef {dits.messages.Records.$Properties} dits.messages.Records.$Shape
             */

            /**
             * Constructs a new Records.
             * @memberof dits.messages
             * @classdesc Represents a Records.
             * @constructor
             * @param {dits.messages.Records.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Records = function (properties) {
                this.raw_sizes = [];
                this.stored_sizes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Records batch.
             * @member {number} batch
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.batch = 0;

            /**
             * Records ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.ids = $util.newBuffer([]);

            /**
             * Records forms.
             * @member {Uint8Array} forms
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.forms = $util.newBuffer([]);

            /**
             * Records raw_sizes.
             * @member {Array.<number>} raw_sizes
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.raw_sizes = $util.emptyArray;

            /**
             * Records stored_sizes.
             * @member {Array.<number>} stored_sizes
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.stored_sizes = $util.emptyArray;

            /**
             * Records absent.
             * @member {Uint8Array} absent
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.absent = $util.newBuffer([]);

            /**
             * Records last.
             * @member {boolean} last
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.last = false;

            /**
             * Records data.
             * @member {Uint8Array} data
             * @memberof dits.messages.Records
             * @instance
             */
            Records.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified Records message. Does not implicitly {@link dits.messages.Records.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Records
             * @static
             * @param {dits.messages.Records.$Properties} message Records message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Records.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.batch);
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ids);
                if (message.forms != null && $Object.hasOwnProperty.call(message, "forms") && message.forms.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.forms);
                if (message.raw_sizes != null && message.raw_sizes.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.raw_sizes);
                if (message.stored_sizes != null && message.stored_sizes.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).uint32s(message.stored_sizes);
                if (message.absent != null && $Object.hasOwnProperty.call(message, "absent") && message.absent.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.absent);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.last);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Records message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Records
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Records & dits.messages.Records.$Shape} Records
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Records.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Records();
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
                                message.batch = value;
                            else
                                delete message.batch;
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.forms = value;
                            else
                                delete message.forms;
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.raw_sizes && message.raw_sizes.length))
                                    message.raw_sizes = [];
                                reader.uint32s(message.raw_sizes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.raw_sizes && message.raw_sizes.length))
                                message.raw_sizes = [];
                            message.raw_sizes.push(reader.uint32());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.stored_sizes && message.stored_sizes.length))
                                    message.stored_sizes = [];
                                reader.uint32s(message.stored_sizes);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.stored_sizes && message.stored_sizes.length))
                                message.stored_sizes = [];
                            message.stored_sizes.push(reader.uint32());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.absent = value;
                            else
                                delete message.absent;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
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
             * Gets the type url for Records
             * @function getTypeUrl
             * @memberof dits.messages.Records
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Records.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Records";
            };

            return Records;
        })();

        messages.ObjectRequest = (function() {

            /**
             * Properties of an ObjectRequest.
             * @typedef {Object} dits.messages.ObjectRequest.$Properties
             * @property {number|null} [handle] ObjectRequest handle
             * @property {Uint8Array|null} [ids] ObjectRequest ids
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObjectRequest.
             * @memberof dits.messages
             * @interface IObjectRequest
             * @augments dits.messages.ObjectRequest.$Properties
             * @deprecated Use dits.messages.ObjectRequest.$Properties instead.
             */

            /**
             * Shape of an ObjectRequest.
             * @typedef {dits.messages.ObjectRequest.$Properties} dits.messages.ObjectRequest.$Shape
             */

            /**
             * Constructs a new ObjectRequest.
             * @memberof dits.messages
             * @classdesc Represents an ObjectRequest.
             * @constructor
             * @param {dits.messages.ObjectRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObjectRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ObjectRequest handle.
             * @member {number} handle
             * @memberof dits.messages.ObjectRequest
             * @instance
             */
            ObjectRequest.prototype.handle = 0;

            /**
             * ObjectRequest ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.ObjectRequest
             * @instance
             */
            ObjectRequest.prototype.ids = $util.newBuffer([]);

            /**
             * Encodes the specified ObjectRequest message. Does not implicitly {@link dits.messages.ObjectRequest.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.ObjectRequest
             * @static
             * @param {dits.messages.ObjectRequest.$Properties} message ObjectRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObjectRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.ids);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObjectRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.ObjectRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.ObjectRequest & dits.messages.ObjectRequest.$Shape} ObjectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObjectRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.ObjectRequest();
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
                                message.handle = value;
                            else
                                delete message.handle;
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
             * Gets the type url for ObjectRequest
             * @function getTypeUrl
             * @memberof dits.messages.ObjectRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ObjectRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.ObjectRequest";
            };

            return ObjectRequest;
        })();

        messages.BatchResult = (function() {

            /**
             * Properties of a BatchResult.
             * @typedef {Object} dits.messages.BatchResult.$Properties
             * @property {number|null} [batch] BatchResult batch
             * @property {Uint8Array|null} [statuses] BatchResult statuses
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BatchResult.
             * @memberof dits.messages
             * @interface IBatchResult
             * @augments dits.messages.BatchResult.$Properties
             * @deprecated Use dits.messages.BatchResult.$Properties instead.
             */

            /**
             * Shape of a BatchResult.
             * @typedef {dits.messages.BatchResult.$Properties} dits.messages.BatchResult.$Shape
             */

            /**
             * Constructs a new BatchResult.
             * @memberof dits.messages
             * @classdesc Represents a BatchResult.
             * @constructor
             * @param {dits.messages.BatchResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BatchResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BatchResult batch.
             * @member {number} batch
             * @memberof dits.messages.BatchResult
             * @instance
             */
            BatchResult.prototype.batch = 0;

            /**
             * BatchResult statuses.
             * @member {Uint8Array} statuses
             * @memberof dits.messages.BatchResult
             * @instance
             */
            BatchResult.prototype.statuses = $util.newBuffer([]);

            /**
             * Encodes the specified BatchResult message. Does not implicitly {@link dits.messages.BatchResult.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.BatchResult
             * @static
             * @param {dits.messages.BatchResult.$Properties} message BatchResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BatchResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.batch);
                if (message.statuses != null && $Object.hasOwnProperty.call(message, "statuses") && message.statuses.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.statuses);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BatchResult message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.BatchResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.BatchResult & dits.messages.BatchResult.$Shape} BatchResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BatchResult.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.BatchResult();
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
                                message.batch = value;
                            else
                                delete message.batch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.statuses = value;
                            else
                                delete message.statuses;
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
             * Gets the type url for BatchResult
             * @function getTypeUrl
             * @memberof dits.messages.BatchResult
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BatchResult.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.BatchResult";
            };

            return BatchResult;
        })();

        messages.BatchAck = (function() {

            /**
             * Properties of a BatchAck.
             * @typedef {Object} dits.messages.BatchAck.$Properties
             * @property {Array.<dits.messages.BatchResult.$Properties>|null} [results] BatchAck results
             * @property {string|null} [reason] BatchAck reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BatchAck.
             * @memberof dits.messages
             * @interface IBatchAck
             * @augments dits.messages.BatchAck.$Properties
             * @deprecated Use dits.messages.BatchAck.$Properties instead.
             */

            /**
             * Shape of a BatchAck.
             * @typedef {dits.messages.BatchAck.$Properties} dits.messages.BatchAck.$Shape
             */

            /**
             * Constructs a new BatchAck.
             * @memberof dits.messages
             * @classdesc Represents a BatchAck.
             * @constructor
             * @param {dits.messages.BatchAck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BatchAck = function (properties) {
                this.results = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BatchAck results.
             * @member {Array.<dits.messages.BatchResult.$Properties>} results
             * @memberof dits.messages.BatchAck
             * @instance
             */
            BatchAck.prototype.results = $util.emptyArray;

            /**
             * BatchAck reason.
             * @member {string} reason
             * @memberof dits.messages.BatchAck
             * @instance
             */
            BatchAck.prototype.reason = "";

            /**
             * Encodes the specified BatchAck message. Does not implicitly {@link dits.messages.BatchAck.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.BatchAck
             * @static
             * @param {dits.messages.BatchAck.$Properties} message BatchAck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BatchAck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.results != null && message.results.length)
                    for (let i = 0; i < message.results.length; ++i)
                        $root.dits.messages.BatchResult.encode(message.results[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BatchAck message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.BatchAck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.BatchAck & dits.messages.BatchAck.$Shape} BatchAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BatchAck.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.BatchAck();
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
                            if (!(message.results && message.results.length))
                                message.results = [];
                            message.results.push($root.dits.messages.BatchResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
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
             * Gets the type url for BatchAck
             * @function getTypeUrl
             * @memberof dits.messages.BatchAck
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BatchAck.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.BatchAck";
            };

            return BatchAck;
        })();

        messages.SyncRequest = (function() {

            /**
             * Properties of a SyncRequest.
             * @typedef {Object} dits.messages.SyncRequest.$Properties
             * @property {number|null} [handle] SyncRequest handle
             * @property {number|null} [direction] SyncRequest direction
             * @property {Uint8Array|null} [wants] SyncRequest wants
             * @property {Uint8Array|null} [haves] SyncRequest haves
             * @property {number|Long|null} [held] SyncRequest held
             * @property {number|null} [window_bytes] SyncRequest window_bytes
             * @property {boolean|null} [structure] SyncRequest structure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncRequest.
             * @memberof dits.messages
             * @interface ISyncRequest
             * @augments dits.messages.SyncRequest.$Properties
             * @deprecated Use dits.messages.SyncRequest.$Properties instead.
             */

            /**
             * Shape of a SyncRequest.
             * @typedef {dits.messages.SyncRequest.$Properties} dits.messages.SyncRequest.$Shape
             */

            /**
             * Constructs a new SyncRequest.
             * @memberof dits.messages
             * @classdesc Represents a SyncRequest.
             * @constructor
             * @param {dits.messages.SyncRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncRequest handle.
             * @member {number} handle
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.handle = 0;

            /**
             * SyncRequest direction.
             * @member {number} direction
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.direction = 0;

            /**
             * SyncRequest wants.
             * @member {Uint8Array} wants
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.wants = $util.newBuffer([]);

            /**
             * SyncRequest haves.
             * @member {Uint8Array} haves
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.haves = $util.newBuffer([]);

            /**
             * SyncRequest held.
             * @member {number|Long} held
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.held = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncRequest window_bytes.
             * @member {number} window_bytes
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.window_bytes = 0;

            /**
             * SyncRequest structure.
             * @member {boolean} structure
             * @memberof dits.messages.SyncRequest
             * @instance
             */
            SyncRequest.prototype.structure = false;

            /**
             * Encodes the specified SyncRequest message. Does not implicitly {@link dits.messages.SyncRequest.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncRequest
             * @static
             * @param {dits.messages.SyncRequest.$Properties} message SyncRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.direction != null && $Object.hasOwnProperty.call(message, "direction") && message.direction !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.direction);
                if (message.wants != null && $Object.hasOwnProperty.call(message, "wants") && message.wants.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.wants);
                if (message.haves != null && $Object.hasOwnProperty.call(message, "haves") && message.haves.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.haves);
                if (message.held != null && $Object.hasOwnProperty.call(message, "held") && (typeof message.held === "object" ? message.held.low || message.held.high : message.held !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.held);
                if (message.window_bytes != null && $Object.hasOwnProperty.call(message, "window_bytes") && message.window_bytes !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.window_bytes);
                if (message.structure != null && $Object.hasOwnProperty.call(message, "structure") && message.structure !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.structure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncRequest & dits.messages.SyncRequest.$Shape} SyncRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncRequest();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.direction = value;
                            else
                                delete message.direction;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.wants = value;
                            else
                                delete message.wants;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.haves = value;
                            else
                                delete message.haves;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.held = value;
                            else
                                delete message.held;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.window_bytes = value;
                            else
                                delete message.window_bytes;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.structure = value;
                            else
                                delete message.structure;
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
             * Gets the type url for SyncRequest
             * @function getTypeUrl
             * @memberof dits.messages.SyncRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncRequest";
            };

            return SyncRequest;
        })();

        messages.SyncResponse = (function() {

            /**
             * Properties of a SyncResponse.
             * @typedef {Object} dits.messages.SyncResponse.$Properties
             * @property {Uint8Array|null} [common] SyncResponse common
             * @property {number|Long|null} [held] SyncResponse held
             * @property {number|null} [window_bytes] SyncResponse window_bytes
             * @property {boolean|null} [filter] SyncResponse filter
             * @property {Uint8Array|null} [sketch_key] SyncResponse sketch_key
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncResponse.
             * @memberof dits.messages
             * @interface ISyncResponse
             * @augments dits.messages.SyncResponse.$Properties
             * @deprecated Use dits.messages.SyncResponse.$Properties instead.
             */

            /**
             * Shape of a SyncResponse.
             * @typedef {dits.messages.SyncResponse.$Properties} dits.messages.SyncResponse.$Shape
             */

            /**
             * Constructs a new SyncResponse.
             * @memberof dits.messages
             * @classdesc Represents a SyncResponse.
             * @constructor
             * @param {dits.messages.SyncResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncResponse common.
             * @member {Uint8Array} common
             * @memberof dits.messages.SyncResponse
             * @instance
             */
            SyncResponse.prototype.common = $util.newBuffer([]);

            /**
             * SyncResponse held.
             * @member {number|Long} held
             * @memberof dits.messages.SyncResponse
             * @instance
             */
            SyncResponse.prototype.held = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncResponse window_bytes.
             * @member {number} window_bytes
             * @memberof dits.messages.SyncResponse
             * @instance
             */
            SyncResponse.prototype.window_bytes = 0;

            /**
             * SyncResponse filter.
             * @member {boolean} filter
             * @memberof dits.messages.SyncResponse
             * @instance
             */
            SyncResponse.prototype.filter = false;

            /**
             * SyncResponse sketch_key.
             * @member {Uint8Array} sketch_key
             * @memberof dits.messages.SyncResponse
             * @instance
             */
            SyncResponse.prototype.sketch_key = $util.newBuffer([]);

            /**
             * Encodes the specified SyncResponse message. Does not implicitly {@link dits.messages.SyncResponse.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncResponse
             * @static
             * @param {dits.messages.SyncResponse.$Properties} message SyncResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.common != null && $Object.hasOwnProperty.call(message, "common") && message.common.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.common);
                if (message.held != null && $Object.hasOwnProperty.call(message, "held") && (typeof message.held === "object" ? message.held.low || message.held.high : message.held !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.held);
                if (message.window_bytes != null && $Object.hasOwnProperty.call(message, "window_bytes") && message.window_bytes !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.window_bytes);
                if (message.filter != null && $Object.hasOwnProperty.call(message, "filter") && message.filter !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.filter);
                if (message.sketch_key != null && $Object.hasOwnProperty.call(message, "sketch_key") && message.sketch_key.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.sketch_key);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncResponse & dits.messages.SyncResponse.$Shape} SyncResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncResponse();
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
                                message.common = value;
                            else
                                delete message.common;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.held = value;
                            else
                                delete message.held;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.window_bytes = value;
                            else
                                delete message.window_bytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.filter = value;
                            else
                                delete message.filter;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sketch_key = value;
                            else
                                delete message.sketch_key;
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
             * Gets the type url for SyncResponse
             * @function getTypeUrl
             * @memberof dits.messages.SyncResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncResponse";
            };

            return SyncResponse;
        })();

        messages.SketchRequest = (function() {

            /**
             * Properties of a SketchRequest.
             * @typedef {Object} dits.messages.SketchRequest.$Properties
             * @property {number|null} [count] SketchRequest count
             * @property {boolean|null} [filter] SketchRequest filter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SketchRequest.
             * @memberof dits.messages
             * @interface ISketchRequest
             * @augments dits.messages.SketchRequest.$Properties
             * @deprecated Use dits.messages.SketchRequest.$Properties instead.
             */

            /**
             * Shape of a SketchRequest.
             * @typedef {dits.messages.SketchRequest.$Properties} dits.messages.SketchRequest.$Shape
             */

            /**
             * Constructs a new SketchRequest.
             * @memberof dits.messages
             * @classdesc Represents a SketchRequest.
             * @constructor
             * @param {dits.messages.SketchRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SketchRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SketchRequest count.
             * @member {number} count
             * @memberof dits.messages.SketchRequest
             * @instance
             */
            SketchRequest.prototype.count = 0;

            /**
             * SketchRequest filter.
             * @member {boolean} filter
             * @memberof dits.messages.SketchRequest
             * @instance
             */
            SketchRequest.prototype.filter = false;

            /**
             * Encodes the specified SketchRequest message. Does not implicitly {@link dits.messages.SketchRequest.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SketchRequest
             * @static
             * @param {dits.messages.SketchRequest.$Properties} message SketchRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SketchRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.count);
                if (message.filter != null && $Object.hasOwnProperty.call(message, "filter") && message.filter !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.filter);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SketchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SketchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SketchRequest & dits.messages.SketchRequest.$Shape} SketchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SketchRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SketchRequest();
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
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.filter = value;
                            else
                                delete message.filter;
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
             * Gets the type url for SketchRequest
             * @function getTypeUrl
             * @memberof dits.messages.SketchRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SketchRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SketchRequest";
            };

            return SketchRequest;
        })();

        messages.Sketch = (function() {

            /**
             * Properties of a Sketch.
             * @typedef {Object} dits.messages.Sketch.$Properties
             * @property {Uint8Array|null} [symbols] Sketch symbols
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Sketch.
             * @memberof dits.messages
             * @interface ISketch
             * @augments dits.messages.Sketch.$Properties
             * @deprecated Use dits.messages.Sketch.$Properties instead.
             */

            /**
             * Shape of a Sketch.
             * @typedef {dits.messages.Sketch.$Properties} dits.messages.Sketch.$Shape
             */

            /**
             * Constructs a new Sketch.
             * @memberof dits.messages
             * @classdesc Represents a Sketch.
             * @constructor
             * @param {dits.messages.Sketch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Sketch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Sketch symbols.
             * @member {Uint8Array} symbols
             * @memberof dits.messages.Sketch
             * @instance
             */
            Sketch.prototype.symbols = $util.newBuffer([]);

            /**
             * Encodes the specified Sketch message. Does not implicitly {@link dits.messages.Sketch.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Sketch
             * @static
             * @param {dits.messages.Sketch.$Properties} message Sketch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Sketch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.symbols != null && $Object.hasOwnProperty.call(message, "symbols") && message.symbols.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.symbols);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Sketch message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Sketch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Sketch & dits.messages.Sketch.$Shape} Sketch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Sketch.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Sketch();
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
                                message.symbols = value;
                            else
                                delete message.symbols;
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
             * Gets the type url for Sketch
             * @function getTypeUrl
             * @memberof dits.messages.Sketch
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Sketch.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Sketch";
            };

            return Sketch;
        })();

        messages.BloomFilter = (function() {

            /**
             * Properties of a BloomFilter.
             * @typedef {Object} dits.messages.BloomFilter.$Properties
             * @property {number|null} [bit_count] BloomFilter bit_count
             * @property {number|null} [hash_count] BloomFilter hash_count
             * @property {number|null} [id_count] BloomFilter id_count
             * @property {Uint8Array|null} [bits] BloomFilter bits
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BloomFilter.
             * @memberof dits.messages
             * @interface IBloomFilter
             * @augments dits.messages.BloomFilter.$Properties
             * @deprecated Use dits.messages.BloomFilter.$Properties instead.
             */

            /**
             * Shape of a BloomFilter.
             * @typedef {dits.messages.BloomFilter.$Properties} dits.messages.BloomFilter.$Shape
             */

            /**
             * Constructs a new BloomFilter.
             * @memberof dits.messages
             * @classdesc Represents a BloomFilter.
             * @constructor
             * @param {dits.messages.BloomFilter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BloomFilter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BloomFilter bit_count.
             * @member {number} bit_count
             * @memberof dits.messages.BloomFilter
             * @instance
             */
            BloomFilter.prototype.bit_count = 0;

            /**
             * BloomFilter hash_count.
             * @member {number} hash_count
             * @memberof dits.messages.BloomFilter
             * @instance
             */
            BloomFilter.prototype.hash_count = 0;

            /**
             * BloomFilter id_count.
             * @member {number} id_count
             * @memberof dits.messages.BloomFilter
             * @instance
             */
            BloomFilter.prototype.id_count = 0;

            /**
             * BloomFilter bits.
             * @member {Uint8Array} bits
             * @memberof dits.messages.BloomFilter
             * @instance
             */
            BloomFilter.prototype.bits = $util.newBuffer([]);

            /**
             * Encodes the specified BloomFilter message. Does not implicitly {@link dits.messages.BloomFilter.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.BloomFilter
             * @static
             * @param {dits.messages.BloomFilter.$Properties} message BloomFilter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BloomFilter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bit_count != null && $Object.hasOwnProperty.call(message, "bit_count") && message.bit_count !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.bit_count);
                if (message.hash_count != null && $Object.hasOwnProperty.call(message, "hash_count") && message.hash_count !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.hash_count);
                if (message.id_count != null && $Object.hasOwnProperty.call(message, "id_count") && message.id_count !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.id_count);
                if (message.bits != null && $Object.hasOwnProperty.call(message, "bits") && message.bits.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.bits);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BloomFilter message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.BloomFilter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.BloomFilter & dits.messages.BloomFilter.$Shape} BloomFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BloomFilter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.BloomFilter();
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
                                message.bit_count = value;
                            else
                                delete message.bit_count;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.hash_count = value;
                            else
                                delete message.hash_count;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id_count = value;
                            else
                                delete message.id_count;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.bits = value;
                            else
                                delete message.bits;
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
             * Gets the type url for BloomFilter
             * @function getTypeUrl
             * @memberof dits.messages.BloomFilter
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BloomFilter.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.BloomFilter";
            };

            return BloomFilter;
        })();

        messages.SyncTotals = (function() {

            /**
             * Properties of a SyncTotals.
             * @typedef {Object} dits.messages.SyncTotals.$Properties
             * @property {number|Long|null} [objects] SyncTotals objects
             * @property {number|Long|null} [chunks] SyncTotals chunks
             * @property {number|Long|null} [objects_sent] SyncTotals objects_sent
             * @property {number|Long|null} [chunks_sent] SyncTotals chunks_sent
             * @property {number|Long|null} [logical_bytes] SyncTotals logical_bytes
             * @property {number|Long|null} [sent_bytes] SyncTotals sent_bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncTotals.
             * @memberof dits.messages
             * @interface ISyncTotals
             * @augments dits.messages.SyncTotals.$Properties
             * @deprecated Use dits.messages.SyncTotals.$Properties instead.
             */

            /**
             * Shape of a SyncTotals.
             * @typedef {dits.messages.SyncTotals.$Properties} dits.messages.SyncTotals.$Shape
             */

            /**
             * Constructs a new SyncTotals.
             * @memberof dits.messages
             * @classdesc Represents a SyncTotals.
             * @constructor
             * @param {dits.messages.SyncTotals.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncTotals = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncTotals objects.
             * @member {number|Long} objects
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.objects = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncTotals chunks.
             * @member {number|Long} chunks
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.chunks = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncTotals objects_sent.
             * @member {number|Long} objects_sent
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.objects_sent = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncTotals chunks_sent.
             * @member {number|Long} chunks_sent
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.chunks_sent = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncTotals logical_bytes.
             * @member {number|Long} logical_bytes
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.logical_bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncTotals sent_bytes.
             * @member {number|Long} sent_bytes
             * @memberof dits.messages.SyncTotals
             * @instance
             */
            SyncTotals.prototype.sent_bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified SyncTotals message. Does not implicitly {@link dits.messages.SyncTotals.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncTotals
             * @static
             * @param {dits.messages.SyncTotals.$Properties} message SyncTotals message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncTotals.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.objects != null && $Object.hasOwnProperty.call(message, "objects") && (typeof message.objects === "object" ? message.objects.low || message.objects.high : message.objects !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.objects);
                if (message.chunks != null && $Object.hasOwnProperty.call(message, "chunks") && (typeof message.chunks === "object" ? message.chunks.low || message.chunks.high : message.chunks !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.chunks);
                if (message.objects_sent != null && $Object.hasOwnProperty.call(message, "objects_sent") && (typeof message.objects_sent === "object" ? message.objects_sent.low || message.objects_sent.high : message.objects_sent !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.objects_sent);
                if (message.chunks_sent != null && $Object.hasOwnProperty.call(message, "chunks_sent") && (typeof message.chunks_sent === "object" ? message.chunks_sent.low || message.chunks_sent.high : message.chunks_sent !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.chunks_sent);
                if (message.logical_bytes != null && $Object.hasOwnProperty.call(message, "logical_bytes") && (typeof message.logical_bytes === "object" ? message.logical_bytes.low || message.logical_bytes.high : message.logical_bytes !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.logical_bytes);
                if (message.sent_bytes != null && $Object.hasOwnProperty.call(message, "sent_bytes") && (typeof message.sent_bytes === "object" ? message.sent_bytes.low || message.sent_bytes.high : message.sent_bytes !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.sent_bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncTotals message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncTotals
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncTotals & dits.messages.SyncTotals.$Shape} SyncTotals
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncTotals.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncTotals();
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
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.objects = value;
                            else
                                delete message.objects;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.chunks = value;
                            else
                                delete message.chunks;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.objects_sent = value;
                            else
                                delete message.objects_sent;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.chunks_sent = value;
                            else
                                delete message.chunks_sent;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.logical_bytes = value;
                            else
                                delete message.logical_bytes;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sent_bytes = value;
                            else
                                delete message.sent_bytes;
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
             * Gets the type url for SyncTotals
             * @function getTypeUrl
             * @memberof dits.messages.SyncTotals
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncTotals.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncTotals";
            };

            return SyncTotals;
        })();

        messages.SyncProgress = (function() {

            /**
             * Properties of a SyncProgress.
             * @typedef {Object} dits.messages.SyncProgress.$Properties
             * @property {dits.messages.SyncTotals.$Properties|null} [totals] SyncProgress totals
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncProgress.
             * @memberof dits.messages
             * @interface ISyncProgress
             * @augments dits.messages.SyncProgress.$Properties
             * @deprecated Use dits.messages.SyncProgress.$Properties instead.
             */

            /**
             * Shape of a SyncProgress.
             * @typedef {dits.messages.SyncProgress.$Properties} dits.messages.SyncProgress.$Shape
             */

            /**
             * Constructs a new SyncProgress.
             * @memberof dits.messages
             * @classdesc Represents a SyncProgress.
             * @constructor
             * @param {dits.messages.SyncProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncProgress totals.
             * @member {dits.messages.SyncTotals.$Properties|null|undefined} totals
             * @memberof dits.messages.SyncProgress
             * @instance
             */
            SyncProgress.prototype.totals = null;

            /**
             * Encodes the specified SyncProgress message. Does not implicitly {@link dits.messages.SyncProgress.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncProgress
             * @static
             * @param {dits.messages.SyncProgress.$Properties} message SyncProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.totals != null && $Object.hasOwnProperty.call(message, "totals"))
                    $root.dits.messages.SyncTotals.encode(message.totals, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncProgress message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncProgress & dits.messages.SyncProgress.$Shape} SyncProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncProgress.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncProgress();
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
                            message.totals = $root.dits.messages.SyncTotals.decode(reader, reader.size(), $undefined, _depth + 1, message.totals);
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
             * Gets the type url for SyncProgress
             * @function getTypeUrl
             * @memberof dits.messages.SyncProgress
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncProgress.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncProgress";
            };

            return SyncProgress;
        })();

        messages.SyncEnd = (function() {

            /**
             * Properties of a SyncEnd.
             * @typedef {Object} dits.messages.SyncEnd.$Properties
             * @property {number|null} [batches] SyncEnd batches
             * @property {dits.messages.SyncTotals.$Properties|null} [totals] SyncEnd totals
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncEnd.
             * @memberof dits.messages
             * @interface ISyncEnd
             * @augments dits.messages.SyncEnd.$Properties
             * @deprecated Use dits.messages.SyncEnd.$Properties instead.
             */

            /**
             * Shape of a SyncEnd.
             * @typedef {dits.messages.SyncEnd.$Properties} dits.messages.SyncEnd.$Shape
             */

            /**
             * Constructs a new SyncEnd.
             * @memberof dits.messages
             * @classdesc Represents a SyncEnd.
             * @constructor
             * @param {dits.messages.SyncEnd.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncEnd batches.
             * @member {number} batches
             * @memberof dits.messages.SyncEnd
             * @instance
             */
            SyncEnd.prototype.batches = 0;

            /**
             * SyncEnd totals.
             * @member {dits.messages.SyncTotals.$Properties|null|undefined} totals
             * @memberof dits.messages.SyncEnd
             * @instance
             */
            SyncEnd.prototype.totals = null;

            /**
             * Encodes the specified SyncEnd message. Does not implicitly {@link dits.messages.SyncEnd.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncEnd
             * @static
             * @param {dits.messages.SyncEnd.$Properties} message SyncEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.batches != null && $Object.hasOwnProperty.call(message, "batches") && message.batches !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.batches);
                if (message.totals != null && $Object.hasOwnProperty.call(message, "totals"))
                    $root.dits.messages.SyncTotals.encode(message.totals, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncEnd message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncEnd & dits.messages.SyncEnd.$Shape} SyncEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncEnd.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncEnd();
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
                                message.batches = value;
                            else
                                delete message.batches;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.totals = $root.dits.messages.SyncTotals.decode(reader, reader.size(), $undefined, _depth + 1, message.totals);
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
             * Gets the type url for SyncEnd
             * @function getTypeUrl
             * @memberof dits.messages.SyncEnd
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncEnd.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncEnd";
            };

            return SyncEnd;
        })();

        messages.SyncDone = (function() {

            /**
             * Properties of a SyncDone.
             * @typedef {Object} dits.messages.SyncDone.$Properties
             * @property {number|Long|null} [stored] SyncDone stored
             * @property {number|Long|null} [duplicates] SyncDone duplicates
             * @property {number|Long|null} [bytes] SyncDone bytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SyncDone.
             * @memberof dits.messages
             * @interface ISyncDone
             * @augments dits.messages.SyncDone.$Properties
             * @deprecated Use dits.messages.SyncDone.$Properties instead.
             */

            /**
             * Shape of a SyncDone.
             * @typedef {dits.messages.SyncDone.$Properties} dits.messages.SyncDone.$Shape
             */

            /**
             * Constructs a new SyncDone.
             * @memberof dits.messages
             * @classdesc Represents a SyncDone.
             * @constructor
             * @param {dits.messages.SyncDone.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SyncDone = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SyncDone stored.
             * @member {number|Long} stored
             * @memberof dits.messages.SyncDone
             * @instance
             */
            SyncDone.prototype.stored = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncDone duplicates.
             * @member {number|Long} duplicates
             * @memberof dits.messages.SyncDone
             * @instance
             */
            SyncDone.prototype.duplicates = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SyncDone bytes.
             * @member {number|Long} bytes
             * @memberof dits.messages.SyncDone
             * @instance
             */
            SyncDone.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified SyncDone message. Does not implicitly {@link dits.messages.SyncDone.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SyncDone
             * @static
             * @param {dits.messages.SyncDone.$Properties} message SyncDone message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SyncDone.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stored != null && $Object.hasOwnProperty.call(message, "stored") && (typeof message.stored === "object" ? message.stored.low || message.stored.high : message.stored !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.stored);
                if (message.duplicates != null && $Object.hasOwnProperty.call(message, "duplicates") && (typeof message.duplicates === "object" ? message.duplicates.low || message.duplicates.high : message.duplicates !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.duplicates);
                if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.bytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SyncDone message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SyncDone
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SyncDone & dits.messages.SyncDone.$Shape} SyncDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SyncDone.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SyncDone();
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
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.stored = value;
                            else
                                delete message.stored;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.duplicates = value;
                            else
                                delete message.duplicates;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.bytes = value;
                            else
                                delete message.bytes;
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
             * Gets the type url for SyncDone
             * @function getTypeUrl
             * @memberof dits.messages.SyncDone
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SyncDone.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SyncDone";
            };

            return SyncDone;
        })();

        messages.SwarmJoin = (function() {

            /**
             * Properties of a SwarmJoin.
             * @typedef {Object} dits.messages.SwarmJoin.$Properties
             * @property {number|null} [handle] SwarmJoin handle
             * @property {number|null} [port] SwarmJoin port
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SwarmJoin.
             * @memberof dits.messages
             * @interface ISwarmJoin
             * @augments dits.messages.SwarmJoin.$Properties
             * @deprecated Use dits.messages.SwarmJoin.$Properties instead.
             */

            /**
             * Shape of a SwarmJoin.
             * @typedef {dits.messages.SwarmJoin.$Properties} dits.messages.SwarmJoin.$Shape
             */

            /**
             * Constructs a new SwarmJoin.
             * @memberof dits.messages
             * @classdesc Represents a SwarmJoin.
             * @constructor
             * @param {dits.messages.SwarmJoin.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SwarmJoin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SwarmJoin handle.
             * @member {number} handle
             * @memberof dits.messages.SwarmJoin
             * @instance
             */
            SwarmJoin.prototype.handle = 0;

            /**
             * SwarmJoin port.
             * @member {number} port
             * @memberof dits.messages.SwarmJoin
             * @instance
             */
            SwarmJoin.prototype.port = 0;

            /**
             * Encodes the specified SwarmJoin message. Does not implicitly {@link dits.messages.SwarmJoin.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SwarmJoin
             * @static
             * @param {dits.messages.SwarmJoin.$Properties} message SwarmJoin message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SwarmJoin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SwarmJoin message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SwarmJoin
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SwarmJoin & dits.messages.SwarmJoin.$Shape} SwarmJoin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SwarmJoin.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SwarmJoin();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
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
             * Gets the type url for SwarmJoin
             * @function getTypeUrl
             * @memberof dits.messages.SwarmJoin
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SwarmJoin.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SwarmJoin";
            };

            return SwarmJoin;
        })();

        messages.SwarmPeers = (function() {

            /**
             * Properties of a SwarmPeers.
             * @typedef {Object} dits.messages.SwarmPeers.$Properties
             * @property {Array.<dits.messages.SwarmMember.$Properties>|null} [members] SwarmPeers members
             * @property {dits.messages.Pass.$Properties|null} [pass] SwarmPeers pass
             * @property {number|Long|null} [now] SwarmPeers now
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SwarmPeers.
             * @memberof dits.messages
             * @interface ISwarmPeers
             * @augments dits.messages.SwarmPeers.$Properties
             * @deprecated Use dits.messages.SwarmPeers.$Properties instead.
             */

            /**
             * Shape of a SwarmPeers.
             * @typedef {dits.messages.SwarmPeers.$Properties} dits.messages.SwarmPeers.$Shape
             */

            /**
             * Constructs a new SwarmPeers.
             * @memberof dits.messages
             * @classdesc Represents a SwarmPeers.
             * @constructor
             * @param {dits.messages.SwarmPeers.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SwarmPeers = function (properties) {
                this.members = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SwarmPeers members.
             * @member {Array.<dits.messages.SwarmMember.$Properties>} members
             * @memberof dits.messages.SwarmPeers
             * @instance
             */
            SwarmPeers.prototype.members = $util.emptyArray;

            /**
             * SwarmPeers pass.
             * @member {dits.messages.Pass.$Properties|null|undefined} pass
             * @memberof dits.messages.SwarmPeers
             * @instance
             */
            SwarmPeers.prototype.pass = null;

            /**
             * SwarmPeers now.
             * @member {number|Long} now
             * @memberof dits.messages.SwarmPeers
             * @instance
             */
            SwarmPeers.prototype.now = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified SwarmPeers message. Does not implicitly {@link dits.messages.SwarmPeers.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SwarmPeers
             * @static
             * @param {dits.messages.SwarmPeers.$Properties} message SwarmPeers message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SwarmPeers.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.members != null && message.members.length)
                    for (let i = 0; i < message.members.length; ++i)
                        $root.dits.messages.SwarmMember.encode(message.members[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.pass != null && $Object.hasOwnProperty.call(message, "pass"))
                    $root.dits.messages.Pass.encode(message.pass, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.now != null && $Object.hasOwnProperty.call(message, "now") && (typeof message.now === "object" ? message.now.low || message.now.high : message.now !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.now);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SwarmPeers message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SwarmPeers
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SwarmPeers & dits.messages.SwarmPeers.$Shape} SwarmPeers
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SwarmPeers.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SwarmPeers();
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
                            if (!(message.members && message.members.length))
                                message.members = [];
                            message.members.push($root.dits.messages.SwarmMember.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.pass = $root.dits.messages.Pass.decode(reader, reader.size(), $undefined, _depth + 1, message.pass);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.now = value;
                            else
                                delete message.now;
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
             * Gets the type url for SwarmPeers
             * @function getTypeUrl
             * @memberof dits.messages.SwarmPeers
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SwarmPeers.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SwarmPeers";
            };

            return SwarmPeers;
        })();

        messages.SwarmMember = (function() {

            /**
             * Properties of a SwarmMember.
             * @typedef {Object} dits.messages.SwarmMember.$Properties
             * @property {string|null} [peer_id] SwarmMember peer_id
             * @property {string|null} [host] SwarmMember host
             * @property {number|null} [port] SwarmMember port
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SwarmMember.
             * @memberof dits.messages
             * @interface ISwarmMember
             * @augments dits.messages.SwarmMember.$Properties
             * @deprecated Use dits.messages.SwarmMember.$Properties instead.
             */

            /**
             * Shape of a SwarmMember.
             * @typedef {dits.messages.SwarmMember.$Properties} dits.messages.SwarmMember.$Shape
             */

            /**
             * Constructs a new SwarmMember.
             * @memberof dits.messages
             * @classdesc Represents a SwarmMember.
             * @constructor
             * @param {dits.messages.SwarmMember.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SwarmMember = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SwarmMember peer_id.
             * @member {string} peer_id
             * @memberof dits.messages.SwarmMember
             * @instance
             */
            SwarmMember.prototype.peer_id = "";

            /**
             * SwarmMember host.
             * @member {string} host
             * @memberof dits.messages.SwarmMember
             * @instance
             */
            SwarmMember.prototype.host = "";

            /**
             * SwarmMember port.
             * @member {number} port
             * @memberof dits.messages.SwarmMember
             * @instance
             */
            SwarmMember.prototype.port = 0;

            /**
             * Encodes the specified SwarmMember message. Does not implicitly {@link dits.messages.SwarmMember.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.SwarmMember
             * @static
             * @param {dits.messages.SwarmMember.$Properties} message SwarmMember message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SwarmMember.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer_id != null && $Object.hasOwnProperty.call(message, "peer_id") && message.peer_id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.peer_id);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.port);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SwarmMember message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.SwarmMember
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.SwarmMember & dits.messages.SwarmMember.$Shape} SwarmMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SwarmMember.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.SwarmMember();
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
                                message.peer_id = value;
                            else
                                delete message.peer_id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
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
             * Gets the type url for SwarmMember
             * @function getTypeUrl
             * @memberof dits.messages.SwarmMember
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SwarmMember.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.SwarmMember";
            };

            return SwarmMember;
        })();

        messages.MeetOffer = (function() {

            /**
             * Properties of a MeetOffer.
             * @typedef {Object} dits.messages.MeetOffer.$Properties
             * @property {string|null} [nameplate] MeetOffer nameplate
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetOffer.
             * @memberof dits.messages
             * @interface IMeetOffer
             * @augments dits.messages.MeetOffer.$Properties
             * @deprecated Use dits.messages.MeetOffer.$Properties instead.
             */

            /**
             * Shape of a MeetOffer.
             * @typedef {dits.messages.MeetOffer.$Properties} dits.messages.MeetOffer.$Shape
             */

            /**
             * Constructs a new MeetOffer.
             * @memberof dits.messages
             * @classdesc Represents a MeetOffer.
             * @constructor
             * @param {dits.messages.MeetOffer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetOffer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MeetOffer nameplate.
             * @member {string} nameplate
             * @memberof dits.messages.MeetOffer
             * @instance
             */
            MeetOffer.prototype.nameplate = "";

            /**
             * Encodes the specified MeetOffer message. Does not implicitly {@link dits.messages.MeetOffer.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetOffer
             * @static
             * @param {dits.messages.MeetOffer.$Properties} message MeetOffer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetOffer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nameplate != null && $Object.hasOwnProperty.call(message, "nameplate") && message.nameplate !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.nameplate);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetOffer message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetOffer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetOffer & dits.messages.MeetOffer.$Shape} MeetOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetOffer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.MeetOffer();
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
                                message.nameplate = value;
                            else
                                delete message.nameplate;
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
             * Gets the type url for MeetOffer
             * @function getTypeUrl
             * @memberof dits.messages.MeetOffer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetOffer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetOffer";
            };

            return MeetOffer;
        })();

        messages.MeetOffered = (function() {

            /**
             * Properties of a MeetOffered.
             * @typedef {Object} dits.messages.MeetOffered.$Properties
             * @property {number|null} [lifetime_ms] MeetOffered lifetime_ms
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetOffered.
             * @memberof dits.messages
             * @interface IMeetOffered
             * @augments dits.messages.MeetOffered.$Properties
             * @deprecated Use dits.messages.MeetOffered.$Properties instead.
             */

            /**
             * Shape of a MeetOffered.
             * @typedef {dits.messages.MeetOffered.$Properties} dits.messages.MeetOffered.$Shape
             */

            /**
             * Constructs a new MeetOffered.
             * @memberof dits.messages
             * @classdesc Represents a MeetOffered.
             * @constructor
             * @param {dits.messages.MeetOffered.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetOffered = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MeetOffered lifetime_ms.
             * @member {number} lifetime_ms
             * @memberof dits.messages.MeetOffered
             * @instance
             */
            MeetOffered.prototype.lifetime_ms = 0;

            /**
             * Encodes the specified MeetOffered message. Does not implicitly {@link dits.messages.MeetOffered.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetOffered
             * @static
             * @param {dits.messages.MeetOffered.$Properties} message MeetOffered message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetOffered.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.lifetime_ms != null && $Object.hasOwnProperty.call(message, "lifetime_ms") && message.lifetime_ms !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.lifetime_ms);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetOffered message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetOffered
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetOffered & dits.messages.MeetOffered.$Shape} MeetOffered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetOffered.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.MeetOffered();
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
                                message.lifetime_ms = value;
                            else
                                delete message.lifetime_ms;
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
             * Gets the type url for MeetOffered
             * @function getTypeUrl
             * @memberof dits.messages.MeetOffered
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetOffered.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetOffered";
            };

            return MeetOffered;
        })();

        messages.MeetJoin = (function() {

            /**
             * Properties of a MeetJoin.
             * @typedef {Object} dits.messages.MeetJoin.$Properties
             * @property {string|null} [nameplate] MeetJoin nameplate
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetJoin.
             * @memberof dits.messages
             * @interface IMeetJoin
             * @augments dits.messages.MeetJoin.$Properties
             * @deprecated Use dits.messages.MeetJoin.$Properties instead.
             */

            /**
             * Shape of a MeetJoin.
             * @typedef {dits.messages.MeetJoin.$Properties} dits.messages.MeetJoin.$Shape
             */

            /**
             * Constructs a new MeetJoin.
             * @memberof dits.messages
             * @classdesc Represents a MeetJoin.
             * @constructor
             * @param {dits.messages.MeetJoin.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetJoin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MeetJoin nameplate.
             * @member {string} nameplate
             * @memberof dits.messages.MeetJoin
             * @instance
             */
            MeetJoin.prototype.nameplate = "";

            /**
             * Encodes the specified MeetJoin message. Does not implicitly {@link dits.messages.MeetJoin.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetJoin
             * @static
             * @param {dits.messages.MeetJoin.$Properties} message MeetJoin message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetJoin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nameplate != null && $Object.hasOwnProperty.call(message, "nameplate") && message.nameplate !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.nameplate);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetJoin message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetJoin
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetJoin & dits.messages.MeetJoin.$Shape} MeetJoin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetJoin.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.MeetJoin();
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
                                message.nameplate = value;
                            else
                                delete message.nameplate;
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
             * Gets the type url for MeetJoin
             * @function getTypeUrl
             * @memberof dits.messages.MeetJoin
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetJoin.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetJoin";
            };

            return MeetJoin;
        })();

        messages.MeetBegin = (function() {

            /**
             * Properties of a MeetBegin.
             * @typedef {Object} dits.messages.MeetBegin.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetBegin.
             * @memberof dits.messages
             * @interface IMeetBegin
             * @augments dits.messages.MeetBegin.$Properties
             * @deprecated Use dits.messages.MeetBegin.$Properties instead.
             */

            /**
             * Shape of a MeetBegin.
             * @typedef {dits.messages.MeetBegin.$Properties} dits.messages.MeetBegin.$Shape
             */

            /**
             * Constructs a new MeetBegin.
             * @memberof dits.messages
             * @classdesc Represents a MeetBegin.
             * @constructor
             * @param {dits.messages.MeetBegin.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetBegin = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified MeetBegin message. Does not implicitly {@link dits.messages.MeetBegin.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetBegin
             * @static
             * @param {dits.messages.MeetBegin.$Properties} message MeetBegin message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetBegin.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetBegin message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetBegin
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetBegin & dits.messages.MeetBegin.$Shape} MeetBegin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetBegin.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.MeetBegin();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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
             * Gets the type url for MeetBegin
             * @function getTypeUrl
             * @memberof dits.messages.MeetBegin
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetBegin.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetBegin";
            };

            return MeetBegin;
        })();

        messages.MeetMessage = (function() {

            /**
             * Properties of a MeetMessage.
             * @typedef {Object} dits.messages.MeetMessage.$Properties
             * @property {Uint8Array|null} [data] MeetMessage data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetMessage.
             * @memberof dits.messages
             * @interface IMeetMessage
             * @augments dits.messages.MeetMessage.$Properties
             * @deprecated Use dits.messages.MeetMessage.$Properties instead.
             */

            /**
             * Shape of a MeetMessage.
             * @typedef {dits.messages.MeetMessage.$Properties} dits.messages.MeetMessage.$Shape
             */

            /**
             * Constructs a new MeetMessage.
             * @memberof dits.messages
             * @classdesc Represents a MeetMessage.
             * @constructor
             * @param {dits.messages.MeetMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MeetMessage data.
             * @member {Uint8Array} data
             * @memberof dits.messages.MeetMessage
             * @instance
             */
            MeetMessage.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified MeetMessage message. Does not implicitly {@link dits.messages.MeetMessage.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetMessage
             * @static
             * @param {dits.messages.MeetMessage.$Properties} message MeetMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetMessage message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetMessage & dits.messages.MeetMessage.$Shape} MeetMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetMessage.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.MeetMessage();
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
                                message.data = value;
                            else
                                delete message.data;
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
             * Gets the type url for MeetMessage
             * @function getTypeUrl
             * @memberof dits.messages.MeetMessage
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetMessage.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetMessage";
            };

            return MeetMessage;
        })();

        messages.MeetEnd = (function() {

            /**
             * Properties of a MeetEnd.
             * @typedef {Object} dits.messages.MeetEnd.$Properties
             * @property {number|null} [reason] MeetEnd reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MeetEnd.
             * @memberof dits.messages
             * @interface IMeetEnd
             * @augments dits.messages.MeetEnd.$Properties
             * @deprecated Use dits.messages.MeetEnd.$Properties instead.
             */

            /**
             * Shape of a MeetEnd.
             * @typedef {dits.messages.MeetEnd.$Properties} dits.messages.MeetEnd.$Shape
             */

            /**
             * Constructs a new MeetEnd.
             * @memberof dits.messages
             * @classdesc Represents a MeetEnd.
             * @constructor
             * @param {dits.messages.MeetEnd.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MeetEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MeetEnd reason.
             * @member {number} reason
             * @memberof dits.messages.MeetEnd
             * @instance
             */
            MeetEnd.prototype.reason = 0;

            /**
             * Encodes the specified MeetEnd message. Does not implicitly {@link dits.messages.MeetEnd.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.MeetEnd
             * @static
             * @param {dits.messages.MeetEnd.$Properties} message MeetEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MeetEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MeetEnd message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.MeetEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.MeetEnd & dits.messages.MeetEnd.$Shape} MeetEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MeetEnd.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.MeetEnd();
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
                                message.reason = value;
                            else
                                delete message.reason;
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
             * Gets the type url for MeetEnd
             * @function getTypeUrl
             * @memberof dits.messages.MeetEnd
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MeetEnd.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.MeetEnd";
            };

            return MeetEnd;
        })();

        messages.PairStep = (function() {

            /**
             * Properties of a PairStep.
             * @typedef {Object} dits.messages.PairStep.$Properties
             * @property {dits.messages.PairShare.$Properties|null} [share] PairStep share
             * @property {Uint8Array|null} [confirmation] PairStep confirmation
             * @property {Uint8Array|null} [sealed] PairStep sealed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PairStep.
             * @memberof dits.messages
             * @interface IPairStep
             * @augments dits.messages.PairStep.$Properties
             * @deprecated Use dits.messages.PairStep.$Properties instead.
             */

            /**
             * Shape of a PairStep.
             * @typedef {dits.messages.PairStep.$Properties} dits.messages.PairStep.$Shape
             */

            /**
             * Constructs a new PairStep.
             * @memberof dits.messages
             * @classdesc Represents a PairStep.
             * @constructor
             * @param {dits.messages.PairStep.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PairStep = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PairStep share.
             * @member {dits.messages.PairShare.$Properties|null|undefined} share
             * @memberof dits.messages.PairStep
             * @instance
             */
            PairStep.prototype.share = null;

            /**
             * PairStep confirmation.
             * @member {Uint8Array} confirmation
             * @memberof dits.messages.PairStep
             * @instance
             */
            PairStep.prototype.confirmation = $util.newBuffer([]);

            /**
             * PairStep sealed.
             * @member {Uint8Array} sealed
             * @memberof dits.messages.PairStep
             * @instance
             */
            PairStep.prototype.sealed = $util.newBuffer([]);

            /**
             * Encodes the specified PairStep message. Does not implicitly {@link dits.messages.PairStep.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.PairStep
             * @static
             * @param {dits.messages.PairStep.$Properties} message PairStep message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PairStep.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    $root.dits.messages.PairShare.encode(message.share, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.confirmation != null && $Object.hasOwnProperty.call(message, "confirmation") && message.confirmation.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.confirmation);
                if (message.sealed != null && $Object.hasOwnProperty.call(message, "sealed") && message.sealed.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.sealed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PairStep message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.PairStep
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.PairStep & dits.messages.PairStep.$Shape} PairStep
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PairStep.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.PairStep();
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
                            message.share = $root.dits.messages.PairShare.decode(reader, reader.size(), $undefined, _depth + 1, message.share);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.confirmation = value;
                            else
                                delete message.confirmation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sealed = value;
                            else
                                delete message.sealed;
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
             * Gets the type url for PairStep
             * @function getTypeUrl
             * @memberof dits.messages.PairStep
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PairStep.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.PairStep";
            };

            return PairStep;
        })();

        messages.PairShare = (function() {

            /**
             * Properties of a PairShare.
             * @typedef {Object} dits.messages.PairShare.$Properties
             * @property {string|null} [peer_id] PairShare peer_id
             * @property {Uint8Array|null} [point] PairShare point
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PairShare.
             * @memberof dits.messages
             * @interface IPairShare
             * @augments dits.messages.PairShare.$Properties
             * @deprecated Use dits.messages.PairShare.$Properties instead.
             */

            /**
             * Shape of a PairShare.
             * @typedef {dits.messages.PairShare.$Properties} dits.messages.PairShare.$Shape
             */

            /**
             * Constructs a new PairShare.
             * @memberof dits.messages
             * @classdesc Represents a PairShare.
             * @constructor
             * @param {dits.messages.PairShare.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PairShare = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PairShare peer_id.
             * @member {string} peer_id
             * @memberof dits.messages.PairShare
             * @instance
             */
            PairShare.prototype.peer_id = "";

            /**
             * PairShare point.
             * @member {Uint8Array} point
             * @memberof dits.messages.PairShare
             * @instance
             */
            PairShare.prototype.point = $util.newBuffer([]);

            /**
             * Encodes the specified PairShare message. Does not implicitly {@link dits.messages.PairShare.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.PairShare
             * @static
             * @param {dits.messages.PairShare.$Properties} message PairShare message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PairShare.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer_id != null && $Object.hasOwnProperty.call(message, "peer_id") && message.peer_id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.peer_id);
                if (message.point != null && $Object.hasOwnProperty.call(message, "point") && message.point.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.point);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PairShare message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.PairShare
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.PairShare & dits.messages.PairShare.$Shape} PairShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PairShare.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.PairShare();
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
                                message.peer_id = value;
                            else
                                delete message.peer_id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.point = value;
                            else
                                delete message.point;
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
             * Gets the type url for PairShare
             * @function getTypeUrl
             * @memberof dits.messages.PairShare
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PairShare.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.PairShare";
            };

            return PairShare;
        })();

        messages.PairIntroduction = (function() {

            /**
             * Properties of a PairIntroduction.
             * @typedef {Object} dits.messages.PairIntroduction.$Properties
             * @property {string|null} [name] PairIntroduction name
             * @property {Array.<string>|null} [addresses] PairIntroduction addresses
             * @property {Uint8Array|null} [signature] PairIntroduction signature
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PairIntroduction.
             * @memberof dits.messages
             * @interface IPairIntroduction
             * @augments dits.messages.PairIntroduction.$Properties
             * @deprecated Use dits.messages.PairIntroduction.$Properties instead.
             */

            /**
             * Shape of a PairIntroduction.
             * @typedef {dits.messages.PairIntroduction.$Properties} dits.messages.PairIntroduction.$Shape
             */

            /**
             * Constructs a new PairIntroduction.
             * @memberof dits.messages
             * @classdesc Represents a PairIntroduction.
             * @constructor
             * @param {dits.messages.PairIntroduction.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PairIntroduction = function (properties) {
                this.addresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PairIntroduction name.
             * @member {string} name
             * @memberof dits.messages.PairIntroduction
             * @instance
             */
            PairIntroduction.prototype.name = "";

            /**
             * PairIntroduction addresses.
             * @member {Array.<string>} addresses
             * @memberof dits.messages.PairIntroduction
             * @instance
             */
            PairIntroduction.prototype.addresses = $util.emptyArray;

            /**
             * PairIntroduction signature.
             * @member {Uint8Array} signature
             * @memberof dits.messages.PairIntroduction
             * @instance
             */
            PairIntroduction.prototype.signature = $util.newBuffer([]);

            /**
             * Encodes the specified PairIntroduction message. Does not implicitly {@link dits.messages.PairIntroduction.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.PairIntroduction
             * @static
             * @param {dits.messages.PairIntroduction.$Properties} message PairIntroduction message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PairIntroduction.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.addresses[i]);
                if (message.signature != null && $Object.hasOwnProperty.call(message, "signature") && message.signature.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.signature);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PairIntroduction message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.PairIntroduction
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.PairIntroduction & dits.messages.PairIntroduction.$Shape} PairIntroduction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PairIntroduction.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.PairIntroduction();
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
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
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
             * Gets the type url for PairIntroduction
             * @function getTypeUrl
             * @memberof dits.messages.PairIntroduction
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PairIntroduction.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.PairIntroduction";
            };

            return PairIntroduction;
        })();

        messages.PairVerdict = (function() {

            /**
             * Properties of a PairVerdict.
             * @typedef {Object} dits.messages.PairVerdict.$Properties
             * @property {boolean|null} [accepted] PairVerdict accepted
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PairVerdict.
             * @memberof dits.messages
             * @interface IPairVerdict
             * @augments dits.messages.PairVerdict.$Properties
             * @deprecated Use dits.messages.PairVerdict.$Properties instead.
             */

            /**
             * Shape of a PairVerdict.
             * @typedef {dits.messages.PairVerdict.$Properties} dits.messages.PairVerdict.$Shape
             */

            /**
             * Constructs a new PairVerdict.
             * @memberof dits.messages
             * @classdesc Represents a PairVerdict.
             * @constructor
             * @param {dits.messages.PairVerdict.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PairVerdict = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PairVerdict accepted.
             * @member {boolean} accepted
             * @memberof dits.messages.PairVerdict
             * @instance
             */
            PairVerdict.prototype.accepted = false;

            /**
             * Encodes the specified PairVerdict message. Does not implicitly {@link dits.messages.PairVerdict.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.PairVerdict
             * @static
             * @param {dits.messages.PairVerdict.$Properties} message PairVerdict message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PairVerdict.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && message.accepted !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.accepted);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PairVerdict message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.PairVerdict
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.PairVerdict & dits.messages.PairVerdict.$Shape} PairVerdict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PairVerdict.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.PairVerdict();
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
                            if (value = reader.bool())
                                message.accepted = value;
                            else
                                delete message.accepted;
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
             * Gets the type url for PairVerdict
             * @function getTypeUrl
             * @memberof dits.messages.PairVerdict
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PairVerdict.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.PairVerdict";
            };

            return PairVerdict;
        })();

        messages.TicketRedeem = (function() {

            /**
             * Properties of a TicketRedeem.
             * @typedef {Object} dits.messages.TicketRedeem.$Properties
             * @property {Uint8Array|null} [ticket] TicketRedeem ticket
             * @property {Uint8Array|null} [secret] TicketRedeem secret
             * @property {string|null} [name] TicketRedeem name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TicketRedeem.
             * @memberof dits.messages
             * @interface ITicketRedeem
             * @augments dits.messages.TicketRedeem.$Properties
             * @deprecated Use dits.messages.TicketRedeem.$Properties instead.
             */

            /**
             * Shape of a TicketRedeem.
             * @typedef {dits.messages.TicketRedeem.$Properties} dits.messages.TicketRedeem.$Shape
             */

            /**
             * Constructs a new TicketRedeem.
             * @memberof dits.messages
             * @classdesc Represents a TicketRedeem.
             * @constructor
             * @param {dits.messages.TicketRedeem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TicketRedeem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TicketRedeem ticket.
             * @member {Uint8Array} ticket
             * @memberof dits.messages.TicketRedeem
             * @instance
             */
            TicketRedeem.prototype.ticket = $util.newBuffer([]);

            /**
             * TicketRedeem secret.
             * @member {Uint8Array} secret
             * @memberof dits.messages.TicketRedeem
             * @instance
             */
            TicketRedeem.prototype.secret = $util.newBuffer([]);

            /**
             * TicketRedeem name.
             * @member {string} name
             * @memberof dits.messages.TicketRedeem
             * @instance
             */
            TicketRedeem.prototype.name = "";

            /**
             * Encodes the specified TicketRedeem message. Does not implicitly {@link dits.messages.TicketRedeem.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.TicketRedeem
             * @static
             * @param {dits.messages.TicketRedeem.$Properties} message TicketRedeem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TicketRedeem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ticket != null && $Object.hasOwnProperty.call(message, "ticket") && message.ticket.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ticket);
                if (message.secret != null && $Object.hasOwnProperty.call(message, "secret") && message.secret.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.secret);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TicketRedeem message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.TicketRedeem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.TicketRedeem & dits.messages.TicketRedeem.$Shape} TicketRedeem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TicketRedeem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.TicketRedeem();
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
                                message.ticket = value;
                            else
                                delete message.ticket;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.secret = value;
                            else
                                delete message.secret;
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
             * Gets the type url for TicketRedeem
             * @function getTypeUrl
             * @memberof dits.messages.TicketRedeem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TicketRedeem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.TicketRedeem";
            };

            return TicketRedeem;
        })();

        messages.TicketRedeemed = (function() {

            /**
             * Properties of a TicketRedeemed.
             * @typedef {Object} dits.messages.TicketRedeemed.$Properties
             * @property {string|null} [repository] TicketRedeemed repository
             * @property {number|null} [access] TicketRedeemed access
             * @property {number|Long|null} [until] TicketRedeemed until
             * @property {string|null} [name] TicketRedeemed name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TicketRedeemed.
             * @memberof dits.messages
             * @interface ITicketRedeemed
             * @augments dits.messages.TicketRedeemed.$Properties
             * @deprecated Use dits.messages.TicketRedeemed.$Properties instead.
             */

            /**
             * Shape of a TicketRedeemed.
             * @typedef {dits.messages.TicketRedeemed.$Properties} dits.messages.TicketRedeemed.$Shape
             */

            /**
             * Constructs a new TicketRedeemed.
             * @memberof dits.messages
             * @classdesc Represents a TicketRedeemed.
             * @constructor
             * @param {dits.messages.TicketRedeemed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TicketRedeemed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TicketRedeemed repository.
             * @member {string} repository
             * @memberof dits.messages.TicketRedeemed
             * @instance
             */
            TicketRedeemed.prototype.repository = "";

            /**
             * TicketRedeemed access.
             * @member {number} access
             * @memberof dits.messages.TicketRedeemed
             * @instance
             */
            TicketRedeemed.prototype.access = 0;

            /**
             * TicketRedeemed until.
             * @member {number|Long} until
             * @memberof dits.messages.TicketRedeemed
             * @instance
             */
            TicketRedeemed.prototype.until = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TicketRedeemed name.
             * @member {string} name
             * @memberof dits.messages.TicketRedeemed
             * @instance
             */
            TicketRedeemed.prototype.name = "";

            /**
             * Encodes the specified TicketRedeemed message. Does not implicitly {@link dits.messages.TicketRedeemed.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.TicketRedeemed
             * @static
             * @param {dits.messages.TicketRedeemed.$Properties} message TicketRedeemed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TicketRedeemed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.repository != null && $Object.hasOwnProperty.call(message, "repository") && message.repository !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.repository);
                if (message.access != null && $Object.hasOwnProperty.call(message, "access") && message.access !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.access);
                if (message.until != null && $Object.hasOwnProperty.call(message, "until") && (typeof message.until === "object" ? message.until.low || message.until.high : message.until !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.until);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TicketRedeemed message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.TicketRedeemed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.TicketRedeemed & dits.messages.TicketRedeemed.$Shape} TicketRedeemed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TicketRedeemed.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.TicketRedeemed();
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
                                message.repository = value;
                            else
                                delete message.repository;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.access = value;
                            else
                                delete message.access;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.until = value;
                            else
                                delete message.until;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
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
             * Gets the type url for TicketRedeemed
             * @function getTypeUrl
             * @memberof dits.messages.TicketRedeemed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TicketRedeemed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.TicketRedeemed";
            };

            return TicketRedeemed;
        })();

        messages.CircuitReserve = (function() {

            /**
             * Properties of a CircuitReserve.
             * @typedef {Object} dits.messages.CircuitReserve.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitReserve.
             * @memberof dits.messages
             * @interface ICircuitReserve
             * @augments dits.messages.CircuitReserve.$Properties
             * @deprecated Use dits.messages.CircuitReserve.$Properties instead.
             */

            /**
             * Shape of a CircuitReserve.
             * @typedef {dits.messages.CircuitReserve.$Properties} dits.messages.CircuitReserve.$Shape
             */

            /**
             * Constructs a new CircuitReserve.
             * @memberof dits.messages
             * @classdesc Represents a CircuitReserve.
             * @constructor
             * @param {dits.messages.CircuitReserve.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitReserve = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified CircuitReserve message. Does not implicitly {@link dits.messages.CircuitReserve.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitReserve
             * @static
             * @param {dits.messages.CircuitReserve.$Properties} message CircuitReserve message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitReserve.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitReserve message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitReserve
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitReserve & dits.messages.CircuitReserve.$Shape} CircuitReserve
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitReserve.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.CircuitReserve();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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
             * Gets the type url for CircuitReserve
             * @function getTypeUrl
             * @memberof dits.messages.CircuitReserve
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitReserve.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitReserve";
            };

            return CircuitReserve;
        })();

        messages.CircuitReserved = (function() {

            /**
             * Properties of a CircuitReserved.
             * @typedef {Object} dits.messages.CircuitReserved.$Properties
             * @property {string|null} [observed] CircuitReserved observed
             * @property {number|null} [circuits_max] CircuitReserved circuits_max
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitReserved.
             * @memberof dits.messages
             * @interface ICircuitReserved
             * @augments dits.messages.CircuitReserved.$Properties
             * @deprecated Use dits.messages.CircuitReserved.$Properties instead.
             */

            /**
             * Shape of a CircuitReserved.
             * @typedef {dits.messages.CircuitReserved.$Properties} dits.messages.CircuitReserved.$Shape
             */

            /**
             * Constructs a new CircuitReserved.
             * @memberof dits.messages
             * @classdesc Represents a CircuitReserved.
             * @constructor
             * @param {dits.messages.CircuitReserved.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitReserved = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CircuitReserved observed.
             * @member {string} observed
             * @memberof dits.messages.CircuitReserved
             * @instance
             */
            CircuitReserved.prototype.observed = "";

            /**
             * CircuitReserved circuits_max.
             * @member {number} circuits_max
             * @memberof dits.messages.CircuitReserved
             * @instance
             */
            CircuitReserved.prototype.circuits_max = 0;

            /**
             * Encodes the specified CircuitReserved message. Does not implicitly {@link dits.messages.CircuitReserved.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitReserved
             * @static
             * @param {dits.messages.CircuitReserved.$Properties} message CircuitReserved message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitReserved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed") && message.observed !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.observed);
                if (message.circuits_max != null && $Object.hasOwnProperty.call(message, "circuits_max") && message.circuits_max !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.circuits_max);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitReserved message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitReserved
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitReserved & dits.messages.CircuitReserved.$Shape} CircuitReserved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitReserved.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.CircuitReserved();
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
                                message.observed = value;
                            else
                                delete message.observed;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.circuits_max = value;
                            else
                                delete message.circuits_max;
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
             * Gets the type url for CircuitReserved
             * @function getTypeUrl
             * @memberof dits.messages.CircuitReserved
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitReserved.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitReserved";
            };

            return CircuitReserved;
        })();

        messages.CircuitConnect = (function() {

            /**
             * Properties of a CircuitConnect.
             * @typedef {Object} dits.messages.CircuitConnect.$Properties
             * @property {string|null} [peer_id] CircuitConnect peer_id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitConnect.
             * @memberof dits.messages
             * @interface ICircuitConnect
             * @augments dits.messages.CircuitConnect.$Properties
             * @deprecated Use dits.messages.CircuitConnect.$Properties instead.
             */

            /**
             * Shape of a CircuitConnect.
             * @typedef {dits.messages.CircuitConnect.$Properties} dits.messages.CircuitConnect.$Shape
             */

            /**
             * Constructs a new CircuitConnect.
             * @memberof dits.messages
             * @classdesc Represents a CircuitConnect.
             * @constructor
             * @param {dits.messages.CircuitConnect.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitConnect = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CircuitConnect peer_id.
             * @member {string} peer_id
             * @memberof dits.messages.CircuitConnect
             * @instance
             */
            CircuitConnect.prototype.peer_id = "";

            /**
             * Encodes the specified CircuitConnect message. Does not implicitly {@link dits.messages.CircuitConnect.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitConnect
             * @static
             * @param {dits.messages.CircuitConnect.$Properties} message CircuitConnect message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitConnect.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer_id != null && $Object.hasOwnProperty.call(message, "peer_id") && message.peer_id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.peer_id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitConnect message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitConnect
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitConnect & dits.messages.CircuitConnect.$Shape} CircuitConnect
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitConnect.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.CircuitConnect();
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
                                message.peer_id = value;
                            else
                                delete message.peer_id;
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
             * Gets the type url for CircuitConnect
             * @function getTypeUrl
             * @memberof dits.messages.CircuitConnect
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitConnect.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitConnect";
            };

            return CircuitConnect;
        })();

        messages.CircuitConnected = (function() {

            /**
             * Properties of a CircuitConnected.
             * @typedef {Object} dits.messages.CircuitConnected.$Properties
             * @property {string|null} [observed] CircuitConnected observed
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitConnected.
             * @memberof dits.messages
             * @interface ICircuitConnected
             * @augments dits.messages.CircuitConnected.$Properties
             * @deprecated Use dits.messages.CircuitConnected.$Properties instead.
             */

            /**
             * Shape of a CircuitConnected.
             * @typedef {dits.messages.CircuitConnected.$Properties} dits.messages.CircuitConnected.$Shape
             */

            /**
             * Constructs a new CircuitConnected.
             * @memberof dits.messages
             * @classdesc Represents a CircuitConnected.
             * @constructor
             * @param {dits.messages.CircuitConnected.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitConnected = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CircuitConnected observed.
             * @member {string} observed
             * @memberof dits.messages.CircuitConnected
             * @instance
             */
            CircuitConnected.prototype.observed = "";

            /**
             * Encodes the specified CircuitConnected message. Does not implicitly {@link dits.messages.CircuitConnected.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitConnected
             * @static
             * @param {dits.messages.CircuitConnected.$Properties} message CircuitConnected message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitConnected.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed") && message.observed !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.observed);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitConnected message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitConnected
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitConnected & dits.messages.CircuitConnected.$Shape} CircuitConnected
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitConnected.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.CircuitConnected();
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
                                message.observed = value;
                            else
                                delete message.observed;
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
             * Gets the type url for CircuitConnected
             * @function getTypeUrl
             * @memberof dits.messages.CircuitConnected
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitConnected.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitConnected";
            };

            return CircuitConnected;
        })();

        messages.CircuitOffer = (function() {

            /**
             * Properties of a CircuitOffer.
             * @typedef {Object} dits.messages.CircuitOffer.$Properties
             * @property {string|null} [peer_id] CircuitOffer peer_id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitOffer.
             * @memberof dits.messages
             * @interface ICircuitOffer
             * @augments dits.messages.CircuitOffer.$Properties
             * @deprecated Use dits.messages.CircuitOffer.$Properties instead.
             */

            /**
             * Shape of a CircuitOffer.
             * @typedef {dits.messages.CircuitOffer.$Properties} dits.messages.CircuitOffer.$Shape
             */

            /**
             * Constructs a new CircuitOffer.
             * @memberof dits.messages
             * @classdesc Represents a CircuitOffer.
             * @constructor
             * @param {dits.messages.CircuitOffer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitOffer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CircuitOffer peer_id.
             * @member {string} peer_id
             * @memberof dits.messages.CircuitOffer
             * @instance
             */
            CircuitOffer.prototype.peer_id = "";

            /**
             * Encodes the specified CircuitOffer message. Does not implicitly {@link dits.messages.CircuitOffer.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitOffer
             * @static
             * @param {dits.messages.CircuitOffer.$Properties} message CircuitOffer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitOffer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.peer_id != null && $Object.hasOwnProperty.call(message, "peer_id") && message.peer_id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.peer_id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitOffer message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitOffer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitOffer & dits.messages.CircuitOffer.$Shape} CircuitOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitOffer.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.CircuitOffer();
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
                                message.peer_id = value;
                            else
                                delete message.peer_id;
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
             * Gets the type url for CircuitOffer
             * @function getTypeUrl
             * @memberof dits.messages.CircuitOffer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitOffer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitOffer";
            };

            return CircuitOffer;
        })();

        messages.CircuitAccept = (function() {

            /**
             * Properties of a CircuitAccept.
             * @typedef {Object} dits.messages.CircuitAccept.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CircuitAccept.
             * @memberof dits.messages
             * @interface ICircuitAccept
             * @augments dits.messages.CircuitAccept.$Properties
             * @deprecated Use dits.messages.CircuitAccept.$Properties instead.
             */

            /**
             * Shape of a CircuitAccept.
             * @typedef {dits.messages.CircuitAccept.$Properties} dits.messages.CircuitAccept.$Shape
             */

            /**
             * Constructs a new CircuitAccept.
             * @memberof dits.messages
             * @classdesc Represents a CircuitAccept.
             * @constructor
             * @param {dits.messages.CircuitAccept.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CircuitAccept = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified CircuitAccept message. Does not implicitly {@link dits.messages.CircuitAccept.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.CircuitAccept
             * @static
             * @param {dits.messages.CircuitAccept.$Properties} message CircuitAccept message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CircuitAccept.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CircuitAccept message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.CircuitAccept
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.CircuitAccept & dits.messages.CircuitAccept.$Shape} CircuitAccept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CircuitAccept.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.CircuitAccept();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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
             * Gets the type url for CircuitAccept
             * @function getTypeUrl
             * @memberof dits.messages.CircuitAccept
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CircuitAccept.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.CircuitAccept";
            };

            return CircuitAccept;
        })();

        messages.Punch = (function() {

            /**
             * Properties of a Punch.
             * @typedef {Object} dits.messages.Punch.$Properties
             * @property {Array.<string>|null} [addresses] Punch addresses
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Punch.
             * @memberof dits.messages
             * @interface IPunch
             * @augments dits.messages.Punch.$Properties
             * @deprecated Use dits.messages.Punch.$Properties instead.
             */

            /**
             * Shape of a Punch.
             * @typedef {dits.messages.Punch.$Properties} dits.messages.Punch.$Shape
             */

            /**
             * Constructs a new Punch.
             * @memberof dits.messages
             * @classdesc Represents a Punch.
             * @constructor
             * @param {dits.messages.Punch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Punch = function (properties) {
                this.addresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Punch addresses.
             * @member {Array.<string>} addresses
             * @memberof dits.messages.Punch
             * @instance
             */
            Punch.prototype.addresses = $util.emptyArray;

            /**
             * Encodes the specified Punch message. Does not implicitly {@link dits.messages.Punch.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Punch
             * @static
             * @param {dits.messages.Punch.$Properties} message Punch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Punch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.addresses[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Punch message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Punch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Punch & dits.messages.Punch.$Shape} Punch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Punch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.Punch();
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
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.stringVerify());
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
             * Gets the type url for Punch
             * @function getTypeUrl
             * @memberof dits.messages.Punch
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Punch.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Punch";
            };

            return Punch;
        })();

        messages.PunchReady = (function() {

            /**
             * Properties of a PunchReady.
             * @typedef {Object} dits.messages.PunchReady.$Properties
             * @property {Array.<string>|null} [addresses] PunchReady addresses
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PunchReady.
             * @memberof dits.messages
             * @interface IPunchReady
             * @augments dits.messages.PunchReady.$Properties
             * @deprecated Use dits.messages.PunchReady.$Properties instead.
             */

            /**
             * Shape of a PunchReady.
             * @typedef {dits.messages.PunchReady.$Properties} dits.messages.PunchReady.$Shape
             */

            /**
             * Constructs a new PunchReady.
             * @memberof dits.messages
             * @classdesc Represents a PunchReady.
             * @constructor
             * @param {dits.messages.PunchReady.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PunchReady = function (properties) {
                this.addresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PunchReady addresses.
             * @member {Array.<string>} addresses
             * @memberof dits.messages.PunchReady
             * @instance
             */
            PunchReady.prototype.addresses = $util.emptyArray;

            /**
             * Encodes the specified PunchReady message. Does not implicitly {@link dits.messages.PunchReady.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.PunchReady
             * @static
             * @param {dits.messages.PunchReady.$Properties} message PunchReady message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PunchReady.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.addresses[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PunchReady message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.PunchReady
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.PunchReady & dits.messages.PunchReady.$Shape} PunchReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PunchReady.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.PunchReady();
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
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.stringVerify());
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
             * Gets the type url for PunchReady
             * @function getTypeUrl
             * @memberof dits.messages.PunchReady
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PunchReady.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.PunchReady";
            };

            return PunchReady;
        })();

        messages.Observe = (function() {

            /**
             * Properties of an Observe.
             * @typedef {Object} dits.messages.Observe.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Observe.
             * @memberof dits.messages
             * @interface IObserve
             * @augments dits.messages.Observe.$Properties
             * @deprecated Use dits.messages.Observe.$Properties instead.
             */

            /**
             * Shape of an Observe.
             * @typedef {dits.messages.Observe.$Properties} dits.messages.Observe.$Shape
             */

            /**
             * Constructs a new Observe.
             * @memberof dits.messages
             * @classdesc Represents an Observe.
             * @constructor
             * @param {dits.messages.Observe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Observe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Observe message. Does not implicitly {@link dits.messages.Observe.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Observe
             * @static
             * @param {dits.messages.Observe.$Properties} message Observe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Observe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Observe message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Observe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Observe & dits.messages.Observe.$Shape} Observe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Observe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dits.messages.Observe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
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
             * Gets the type url for Observe
             * @function getTypeUrl
             * @memberof dits.messages.Observe
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Observe.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Observe";
            };

            return Observe;
        })();

        messages.Observed = (function() {

            /**
             * Properties of an Observed.
             * @typedef {Object} dits.messages.Observed.$Properties
             * @property {string|null} [address] Observed address
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Observed.
             * @memberof dits.messages
             * @interface IObserved
             * @augments dits.messages.Observed.$Properties
             * @deprecated Use dits.messages.Observed.$Properties instead.
             */

            /**
             * Shape of an Observed.
             * @typedef {dits.messages.Observed.$Properties} dits.messages.Observed.$Shape
             */

            /**
             * Constructs a new Observed.
             * @memberof dits.messages
             * @classdesc Represents an Observed.
             * @constructor
             * @param {dits.messages.Observed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Observed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Observed address.
             * @member {string} address
             * @memberof dits.messages.Observed
             * @instance
             */
            Observed.prototype.address = "";

            /**
             * Encodes the specified Observed message. Does not implicitly {@link dits.messages.Observed.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.Observed
             * @static
             * @param {dits.messages.Observed.$Properties} message Observed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Observed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.address);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Observed message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.Observed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.Observed & dits.messages.Observed.$Shape} Observed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Observed.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.Observed();
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
                                message.address = value;
                            else
                                delete message.address;
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
             * Gets the type url for Observed
             * @function getTypeUrl
             * @memberof dits.messages.Observed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Observed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.Observed";
            };

            return Observed;
        })();

        messages.FeedOpen = (function() {

            /**
             * Properties of a FeedOpen.
             * @typedef {Object} dits.messages.FeedOpen.$Properties
             * @property {number|null} [handle] FeedOpen handle
             * @property {Uint8Array|null} [wants] FeedOpen wants
             * @property {number|null} [window_bytes] FeedOpen window_bytes
             * @property {number|null} [announced_max] FeedOpen announced_max
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedOpen.
             * @memberof dits.messages
             * @interface IFeedOpen
             * @augments dits.messages.FeedOpen.$Properties
             * @deprecated Use dits.messages.FeedOpen.$Properties instead.
             */

            /**
             * Shape of a FeedOpen.
             * @typedef {dits.messages.FeedOpen.$Properties} dits.messages.FeedOpen.$Shape
             */

            /**
             * Constructs a new FeedOpen.
             * @memberof dits.messages
             * @classdesc Represents a FeedOpen.
             * @constructor
             * @param {dits.messages.FeedOpen.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedOpen = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedOpen handle.
             * @member {number} handle
             * @memberof dits.messages.FeedOpen
             * @instance
             */
            FeedOpen.prototype.handle = 0;

            /**
             * FeedOpen wants.
             * @member {Uint8Array} wants
             * @memberof dits.messages.FeedOpen
             * @instance
             */
            FeedOpen.prototype.wants = $util.newBuffer([]);

            /**
             * FeedOpen window_bytes.
             * @member {number} window_bytes
             * @memberof dits.messages.FeedOpen
             * @instance
             */
            FeedOpen.prototype.window_bytes = 0;

            /**
             * FeedOpen announced_max.
             * @member {number} announced_max
             * @memberof dits.messages.FeedOpen
             * @instance
             */
            FeedOpen.prototype.announced_max = 0;

            /**
             * Encodes the specified FeedOpen message. Does not implicitly {@link dits.messages.FeedOpen.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedOpen
             * @static
             * @param {dits.messages.FeedOpen.$Properties} message FeedOpen message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedOpen.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.handle != null && $Object.hasOwnProperty.call(message, "handle") && message.handle !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.handle);
                if (message.wants != null && $Object.hasOwnProperty.call(message, "wants") && message.wants.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.wants);
                if (message.window_bytes != null && $Object.hasOwnProperty.call(message, "window_bytes") && message.window_bytes !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.window_bytes);
                if (message.announced_max != null && $Object.hasOwnProperty.call(message, "announced_max") && message.announced_max !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.announced_max);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedOpen message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedOpen
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedOpen & dits.messages.FeedOpen.$Shape} FeedOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedOpen.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedOpen();
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
                                message.handle = value;
                            else
                                delete message.handle;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.wants = value;
                            else
                                delete message.wants;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.window_bytes = value;
                            else
                                delete message.window_bytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.announced_max = value;
                            else
                                delete message.announced_max;
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
             * Gets the type url for FeedOpen
             * @function getTypeUrl
             * @memberof dits.messages.FeedOpen
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedOpen.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedOpen";
            };

            return FeedOpen;
        })();

        messages.FeedOpened = (function() {

            /**
             * Properties of a FeedOpened.
             * @typedef {Object} dits.messages.FeedOpened.$Properties
             * @property {boolean|null} [complete] FeedOpened complete
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedOpened.
             * @memberof dits.messages
             * @interface IFeedOpened
             * @augments dits.messages.FeedOpened.$Properties
             * @deprecated Use dits.messages.FeedOpened.$Properties instead.
             */

            /**
             * Shape of a FeedOpened.
             * @typedef {dits.messages.FeedOpened.$Properties} dits.messages.FeedOpened.$Shape
             */

            /**
             * Constructs a new FeedOpened.
             * @memberof dits.messages
             * @classdesc Represents a FeedOpened.
             * @constructor
             * @param {dits.messages.FeedOpened.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedOpened = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedOpened complete.
             * @member {boolean} complete
             * @memberof dits.messages.FeedOpened
             * @instance
             */
            FeedOpened.prototype.complete = false;

            /**
             * Encodes the specified FeedOpened message. Does not implicitly {@link dits.messages.FeedOpened.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedOpened
             * @static
             * @param {dits.messages.FeedOpened.$Properties} message FeedOpened message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedOpened.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.complete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedOpened message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedOpened
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedOpened & dits.messages.FeedOpened.$Shape} FeedOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedOpened.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedOpened();
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
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
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
             * Gets the type url for FeedOpened
             * @function getTypeUrl
             * @memberof dits.messages.FeedOpened
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedOpened.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedOpened";
            };

            return FeedOpened;
        })();

        messages.FeedHave = (function() {

            /**
             * Properties of a FeedHave.
             * @typedef {Object} dits.messages.FeedHave.$Properties
             * @property {Uint8Array|null} [prefixes] FeedHave prefixes
             * @property {boolean|null} [complete] FeedHave complete
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedHave.
             * @memberof dits.messages
             * @interface IFeedHave
             * @augments dits.messages.FeedHave.$Properties
             * @deprecated Use dits.messages.FeedHave.$Properties instead.
             */

            /**
             * Shape of a FeedHave.
             * @typedef {dits.messages.FeedHave.$Properties} dits.messages.FeedHave.$Shape
             */

            /**
             * Constructs a new FeedHave.
             * @memberof dits.messages
             * @classdesc Represents a FeedHave.
             * @constructor
             * @param {dits.messages.FeedHave.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedHave = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedHave prefixes.
             * @member {Uint8Array} prefixes
             * @memberof dits.messages.FeedHave
             * @instance
             */
            FeedHave.prototype.prefixes = $util.newBuffer([]);

            /**
             * FeedHave complete.
             * @member {boolean} complete
             * @memberof dits.messages.FeedHave
             * @instance
             */
            FeedHave.prototype.complete = false;

            /**
             * Encodes the specified FeedHave message. Does not implicitly {@link dits.messages.FeedHave.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedHave
             * @static
             * @param {dits.messages.FeedHave.$Properties} message FeedHave message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedHave.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.prefixes != null && $Object.hasOwnProperty.call(message, "prefixes") && message.prefixes.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.prefixes);
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.complete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedHave message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedHave
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedHave & dits.messages.FeedHave.$Shape} FeedHave
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedHave.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedHave();
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
                                message.prefixes = value;
                            else
                                delete message.prefixes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
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
             * Gets the type url for FeedHave
             * @function getTypeUrl
             * @memberof dits.messages.FeedHave
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedHave.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedHave";
            };

            return FeedHave;
        })();

        messages.FeedWant = (function() {

            /**
             * Properties of a FeedWant.
             * @typedef {Object} dits.messages.FeedWant.$Properties
             * @property {Uint8Array|null} [ids] FeedWant ids
             * @property {boolean|null} [last] FeedWant last
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedWant.
             * @memberof dits.messages
             * @interface IFeedWant
             * @augments dits.messages.FeedWant.$Properties
             * @deprecated Use dits.messages.FeedWant.$Properties instead.
             */

            /**
             * Shape of a FeedWant.
             * @typedef {dits.messages.FeedWant.$Properties} dits.messages.FeedWant.$Shape
             */

            /**
             * Constructs a new FeedWant.
             * @memberof dits.messages
             * @classdesc Represents a FeedWant.
             * @constructor
             * @param {dits.messages.FeedWant.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedWant = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedWant ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.FeedWant
             * @instance
             */
            FeedWant.prototype.ids = $util.newBuffer([]);

            /**
             * FeedWant last.
             * @member {boolean} last
             * @memberof dits.messages.FeedWant
             * @instance
             */
            FeedWant.prototype.last = false;

            /**
             * Encodes the specified FeedWant message. Does not implicitly {@link dits.messages.FeedWant.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedWant
             * @static
             * @param {dits.messages.FeedWant.$Properties} message FeedWant message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedWant.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ids);
                if (message.last != null && $Object.hasOwnProperty.call(message, "last") && message.last !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.last);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedWant message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedWant
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedWant & dits.messages.FeedWant.$Shape} FeedWant
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedWant.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedWant();
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
                                message.ids = value;
                            else
                                delete message.ids;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.last = value;
                            else
                                delete message.last;
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
             * Gets the type url for FeedWant
             * @function getTypeUrl
             * @memberof dits.messages.FeedWant
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedWant.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedWant";
            };

            return FeedWant;
        })();

        messages.FeedAbsent = (function() {

            /**
             * Properties of a FeedAbsent.
             * @typedef {Object} dits.messages.FeedAbsent.$Properties
             * @property {Uint8Array|null} [ids] FeedAbsent ids
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedAbsent.
             * @memberof dits.messages
             * @interface IFeedAbsent
             * @augments dits.messages.FeedAbsent.$Properties
             * @deprecated Use dits.messages.FeedAbsent.$Properties instead.
             */

            /**
             * Shape of a FeedAbsent.
             * @typedef {dits.messages.FeedAbsent.$Properties} dits.messages.FeedAbsent.$Shape
             */

            /**
             * Constructs a new FeedAbsent.
             * @memberof dits.messages
             * @classdesc Represents a FeedAbsent.
             * @constructor
             * @param {dits.messages.FeedAbsent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedAbsent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedAbsent ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.FeedAbsent
             * @instance
             */
            FeedAbsent.prototype.ids = $util.newBuffer([]);

            /**
             * Encodes the specified FeedAbsent message. Does not implicitly {@link dits.messages.FeedAbsent.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedAbsent
             * @static
             * @param {dits.messages.FeedAbsent.$Properties} message FeedAbsent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedAbsent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ids);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedAbsent message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedAbsent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedAbsent & dits.messages.FeedAbsent.$Shape} FeedAbsent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedAbsent.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedAbsent();
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
                                message.ids = value;
                            else
                                delete message.ids;
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
             * Gets the type url for FeedAbsent
             * @function getTypeUrl
             * @memberof dits.messages.FeedAbsent
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedAbsent.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedAbsent";
            };

            return FeedAbsent;
        })();

        messages.FeedCancel = (function() {

            /**
             * Properties of a FeedCancel.
             * @typedef {Object} dits.messages.FeedCancel.$Properties
             * @property {Uint8Array|null} [ids] FeedCancel ids
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FeedCancel.
             * @memberof dits.messages
             * @interface IFeedCancel
             * @augments dits.messages.FeedCancel.$Properties
             * @deprecated Use dits.messages.FeedCancel.$Properties instead.
             */

            /**
             * Shape of a FeedCancel.
             * @typedef {dits.messages.FeedCancel.$Properties} dits.messages.FeedCancel.$Shape
             */

            /**
             * Constructs a new FeedCancel.
             * @memberof dits.messages
             * @classdesc Represents a FeedCancel.
             * @constructor
             * @param {dits.messages.FeedCancel.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FeedCancel = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FeedCancel ids.
             * @member {Uint8Array} ids
             * @memberof dits.messages.FeedCancel
             * @instance
             */
            FeedCancel.prototype.ids = $util.newBuffer([]);

            /**
             * Encodes the specified FeedCancel message. Does not implicitly {@link dits.messages.FeedCancel.verify|verify} messages.
             * @function encode
             * @memberof dits.messages.FeedCancel
             * @static
             * @param {dits.messages.FeedCancel.$Properties} message FeedCancel message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FeedCancel.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ids != null && $Object.hasOwnProperty.call(message, "ids") && message.ids.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.ids);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FeedCancel message from the specified reader or buffer.
             * @function decode
             * @memberof dits.messages.FeedCancel
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dits.messages.FeedCancel & dits.messages.FeedCancel.$Shape} FeedCancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FeedCancel.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dits.messages.FeedCancel();
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
                                message.ids = value;
                            else
                                delete message.ids;
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
             * Gets the type url for FeedCancel
             * @function getTypeUrl
             * @memberof dits.messages.FeedCancel
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FeedCancel.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/dits.messages.FeedCancel";
            };

            return FeedCancel;
        })();

        return messages;
    })();

    return dits;
})();

export {
  $root as default
};
