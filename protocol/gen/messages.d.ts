import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace dits. */
export namespace dits {

    /** Namespace messages. */
    namespace messages {

        /**
         * Properties of a Hello.
         * @deprecated Use dits.messages.Hello.$Properties instead.
         */
        interface IHello extends dits.messages.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello versions. */
            versions: number[];

            /** Hello software. */
            software: string;

            /** Hello capabilities. */
            capabilities: string[];

            /** Hello payload_max_bytes. */
            payload_max_bytes: number;

            /** Hello window_bytes. */
            window_bytes: number;

            /** Hello batch_ids_max. */
            batch_ids_max: number;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link dits.messages.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Hello} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Hello;

            /**
             * Gets the type url for Hello
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello versions */
                versions?: (number[]|null);

                /** Hello software */
                software?: (string|null);

                /** Hello capabilities */
                capabilities?: (string[]|null);

                /** Hello payload_max_bytes */
                payload_max_bytes?: (number|null);

                /** Hello window_bytes */
                window_bytes?: (number|null);

                /** Hello batch_ids_max */
                batch_ids_max?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = dits.messages.Hello.$Properties;
        }

        /**
         * Properties of a Ping.
         * @deprecated Use dits.messages.Ping.$Properties instead.
         */
        interface IPing extends dits.messages.Ping.$Properties {
        }

        /** Represents a Ping. */
        class Ping {

            /**
             * Constructs a new Ping.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Ping.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ping data. */
            data: Uint8Array;

            /**
             * Encodes the specified Ping message. Does not implicitly {@link dits.messages.Ping.verify|verify} messages.
             * @param message Ping message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Ping.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ping message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Ping} Ping
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Ping;

            /**
             * Gets the type url for Ping
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Ping {

            /** Properties of a Ping. */
            interface $Properties {

                /** Ping data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ping. */
            type $Shape = dits.messages.Ping.$Properties;
        }

        /**
         * Properties of an Auth.
         * @deprecated Use dits.messages.Auth.$Properties instead.
         */
        interface IAuth extends dits.messages.Auth.$Properties {
        }

        /** Represents an Auth. */
        class Auth {

            /**
             * Constructs a new Auth.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Auth.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Auth repository. */
            repository: string;

            /** Auth access. */
            access: number;

            /** Auth create. */
            create: boolean;

            /** Auth pass. */
            pass?: (dits.messages.Pass|null);

            /**
             * Encodes the specified Auth message. Does not implicitly {@link dits.messages.Auth.verify|verify} messages.
             * @param message Auth message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Auth.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Auth message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Auth} Auth
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Auth;

            /**
             * Gets the type url for Auth
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Auth {

            /** Properties of an Auth. */
            interface $Properties {

                /** Auth repository */
                repository?: (string|null);

                /** Auth access */
                access?: (number|null);

                /** Auth create */
                create?: (boolean|null);

                /** Auth pass */
                pass?: (dits.messages.Pass.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Auth. */
            type $Shape = dits.messages.Auth.$Properties;
        }

        /**
         * Properties of a Pass.
         * @deprecated Use dits.messages.Pass.$Properties instead.
         */
        interface IPass extends dits.messages.Pass.$Properties {
        }

        /** Represents a Pass. */
        class Pass {

            /**
             * Constructs a new Pass.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Pass.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Pass issuer. */
            issuer: string;

            /** Pass subject. */
            subject: string;

            /** Pass repository. */
            repository: string;

            /** Pass expires_at. */
            expires_at: (number|Long);

            /** Pass signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified Pass message. Does not implicitly {@link dits.messages.Pass.verify|verify} messages.
             * @param message Pass message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Pass.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Pass message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Pass} Pass
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Pass;

            /**
             * Gets the type url for Pass
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Pass {

            /** Properties of a Pass. */
            interface $Properties {

                /** Pass issuer */
                issuer?: (string|null);

                /** Pass subject */
                subject?: (string|null);

                /** Pass repository */
                repository?: (string|null);

                /** Pass expires_at */
                expires_at?: (number|Long|null);

                /** Pass signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Pass. */
            type $Shape = dits.messages.Pass.$Properties;
        }

        /**
         * Properties of an AuthOk.
         * @deprecated Use dits.messages.AuthOk.$Properties instead.
         */
        interface IAuthOk extends dits.messages.AuthOk.$Properties {
        }

        /** Represents an AuthOk. */
        class AuthOk {

            /**
             * Constructs a new AuthOk.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.AuthOk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AuthOk handle. */
            handle: number;

            /** AuthOk access. */
            access: number;

            /** AuthOk head. */
            head?: (dits.messages.Head|null);

            /** AuthOk object_count. */
            object_count: (number|Long);

            /** AuthOk refs. */
            refs: dits.messages.Ref[];

            /** AuthOk refs_included. */
            refs_included: boolean;

            /** AuthOk repository_id. */
            repository_id: Uint8Array;

            /** AuthOk kept. */
            kept: boolean;

            /**
             * Encodes the specified AuthOk message. Does not implicitly {@link dits.messages.AuthOk.verify|verify} messages.
             * @param message AuthOk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.AuthOk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AuthOk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.AuthOk} AuthOk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.AuthOk;

            /**
             * Gets the type url for AuthOk
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AuthOk {

            /** Properties of an AuthOk. */
            interface $Properties {

                /** AuthOk handle */
                handle?: (number|null);

                /** AuthOk access */
                access?: (number|null);

                /** AuthOk head */
                head?: (dits.messages.Head.$Properties|null);

                /** AuthOk object_count */
                object_count?: (number|Long|null);

                /** AuthOk refs */
                refs?: (dits.messages.Ref.$Properties[]|null);

                /** AuthOk refs_included */
                refs_included?: (boolean|null);

                /** AuthOk repository_id */
                repository_id?: (Uint8Array|null);

                /** AuthOk kept */
                kept?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AuthOk. */
            type $Shape = dits.messages.AuthOk.$Properties;
        }

        /**
         * Properties of an AuthFail.
         * @deprecated Use dits.messages.AuthFail.$Properties instead.
         */
        interface IAuthFail extends dits.messages.AuthFail.$Properties {
        }

        /** Represents an AuthFail. */
        class AuthFail {

            /**
             * Constructs a new AuthFail.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.AuthFail.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AuthFail code. */
            code: number;

            /** AuthFail message. */
            message: string;

            /**
             * Encodes the specified AuthFail message. Does not implicitly {@link dits.messages.AuthFail.verify|verify} messages.
             * @param message AuthFail message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.AuthFail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AuthFail message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.AuthFail} AuthFail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.AuthFail;

            /**
             * Gets the type url for AuthFail
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AuthFail {

            /** Properties of an AuthFail. */
            interface $Properties {

                /** AuthFail code */
                code?: (number|null);

                /** AuthFail message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AuthFail. */
            type $Shape = dits.messages.AuthFail.$Properties;
        }

        /**
         * Properties of a Close.
         * @deprecated Use dits.messages.Close.$Properties instead.
         */
        interface IClose extends dits.messages.Close.$Properties {
        }

        /** Represents a Close. */
        class Close {

            /**
             * Constructs a new Close.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Close.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Close code. */
            code: number;

            /** Close reason. */
            reason: string;

            /**
             * Encodes the specified Close message. Does not implicitly {@link dits.messages.Close.verify|verify} messages.
             * @param message Close message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Close.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Close message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Close} Close
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Close;

            /**
             * Gets the type url for Close
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Close {

            /** Properties of a Close. */
            interface $Properties {

                /** Close code */
                code?: (number|null);

                /** Close reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Close. */
            type $Shape = dits.messages.Close.$Properties;
        }

        /**
         * Properties of an Error.
         * @deprecated Use dits.messages.Error.$Properties instead.
         */
        interface IError extends dits.messages.Error.$Properties {
        }

        /** Represents an Error. */
        class Error {

            /**
             * Constructs a new Error.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Error.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Error code. */
            code: number;

            /** Error message. */
            message: string;

            /** Error name. */
            name: string;

            /** Error retry_after_ms. */
            retry_after_ms: number;

            /**
             * Encodes the specified Error message. Does not implicitly {@link dits.messages.Error.verify|verify} messages.
             * @param message Error message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Error} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Error;

            /**
             * Gets the type url for Error
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Error {

            /** Properties of an Error. */
            interface $Properties {

                /** Error code */
                code?: (number|null);

                /** Error message */
                message?: (string|null);

                /** Error name */
                name?: (string|null);

                /** Error retry_after_ms */
                retry_after_ms?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Error. */
            type $Shape = dits.messages.Error.$Properties;
        }

        /**
         * Properties of a Head.
         * @deprecated Use dits.messages.Head.$Properties instead.
         */
        interface IHead extends dits.messages.Head.$Properties {
        }

        /** Represents a Head. */
        class Head {

            /**
             * Constructs a new Head.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Head.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Head branch. */
            branch: string;

            /** Head detached. */
            detached: Uint8Array;

            /**
             * Encodes the specified Head message. Does not implicitly {@link dits.messages.Head.verify|verify} messages.
             * @param message Head message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Head.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Head message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Head} Head
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Head;

            /**
             * Gets the type url for Head
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Head {

            /** Properties of a Head. */
            interface $Properties {

                /** Head branch */
                branch?: (string|null);

                /** Head detached */
                detached?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Head. */
            type $Shape = dits.messages.Head.$Properties;
        }

        /**
         * Properties of a Ref.
         * @deprecated Use dits.messages.Ref.$Properties instead.
         */
        interface IRef extends dits.messages.Ref.$Properties {
        }

        /** Represents a Ref. */
        class Ref {

            /**
             * Constructs a new Ref.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Ref.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ref name. */
            name: string;

            /** Ref target. */
            target: Uint8Array;

            /** Ref move. */
            move?: (dits.messages.RefMove|null);

            /**
             * Encodes the specified Ref message. Does not implicitly {@link dits.messages.Ref.verify|verify} messages.
             * @param message Ref message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Ref.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ref message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Ref} Ref
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Ref;

            /**
             * Gets the type url for Ref
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Ref {

            /** Properties of a Ref. */
            interface $Properties {

                /** Ref name */
                name?: (string|null);

                /** Ref target */
                target?: (Uint8Array|null);

                /** Ref move */
                move?: (dits.messages.RefMove.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ref. */
            type $Shape = dits.messages.Ref.$Properties;
        }

        /**
         * Properties of a RefMove.
         * @deprecated Use dits.messages.RefMove.$Properties instead.
         */
        interface IRefMove extends dits.messages.RefMove.$Properties {
        }

        /** Represents a RefMove. */
        class RefMove {

            /**
             * Constructs a new RefMove.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefMove.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefMove mover. */
            mover: Uint8Array;

            /** RefMove sequence. */
            sequence: (number|Long);

            /** RefMove rewound. */
            rewound: (number|Long);

            /** RefMove kept. */
            kept: boolean;

            /** RefMove signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified RefMove message. Does not implicitly {@link dits.messages.RefMove.verify|verify} messages.
             * @param message RefMove message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefMove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefMove message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefMove} RefMove
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefMove;

            /**
             * Gets the type url for RefMove
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefMove {

            /** Properties of a RefMove. */
            interface $Properties {

                /** RefMove mover */
                mover?: (Uint8Array|null);

                /** RefMove sequence */
                sequence?: (number|Long|null);

                /** RefMove rewound */
                rewound?: (number|Long|null);

                /** RefMove kept */
                kept?: (boolean|null);

                /** RefMove signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefMove. */
            type $Shape = dits.messages.RefMove.$Properties;
        }

        /**
         * Properties of a RefList.
         * @deprecated Use dits.messages.RefList.$Properties instead.
         */
        interface IRefList extends dits.messages.RefList.$Properties {
        }

        /** Represents a RefList. */
        class RefList {

            /**
             * Constructs a new RefList.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefList handle. */
            handle: number;

            /** RefList after. */
            after: string;

            /**
             * Encodes the specified RefList message. Does not implicitly {@link dits.messages.RefList.verify|verify} messages.
             * @param message RefList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefList} RefList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefList;

            /**
             * Gets the type url for RefList
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefList {

            /** Properties of a RefList. */
            interface $Properties {

                /** RefList handle */
                handle?: (number|null);

                /** RefList after */
                after?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefList. */
            type $Shape = dits.messages.RefList.$Properties;
        }

        /**
         * Properties of a RefListResponse.
         * @deprecated Use dits.messages.RefListResponse.$Properties instead.
         */
        interface IRefListResponse extends dits.messages.RefListResponse.$Properties {
        }

        /** Represents a RefListResponse. */
        class RefListResponse {

            /**
             * Constructs a new RefListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefListResponse head. */
            head?: (dits.messages.Head|null);

            /** RefListResponse refs. */
            refs: dits.messages.Ref[];

            /** RefListResponse more. */
            more: boolean;

            /**
             * Encodes the specified RefListResponse message. Does not implicitly {@link dits.messages.RefListResponse.verify|verify} messages.
             * @param message RefListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefListResponse} RefListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefListResponse;

            /**
             * Gets the type url for RefListResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefListResponse {

            /** Properties of a RefListResponse. */
            interface $Properties {

                /** RefListResponse head */
                head?: (dits.messages.Head.$Properties|null);

                /** RefListResponse refs */
                refs?: (dits.messages.Ref.$Properties[]|null);

                /** RefListResponse more */
                more?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefListResponse. */
            type $Shape = dits.messages.RefListResponse.$Properties;
        }

        /**
         * Properties of a RepoList.
         * @deprecated Use dits.messages.RepoList.$Properties instead.
         */
        interface IRepoList extends dits.messages.RepoList.$Properties {
        }

        /** Represents a RepoList. */
        class RepoList {

            /**
             * Constructs a new RepoList.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RepoList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RepoList after. */
            after: string;

            /**
             * Encodes the specified RepoList message. Does not implicitly {@link dits.messages.RepoList.verify|verify} messages.
             * @param message RepoList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RepoList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RepoList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RepoList} RepoList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RepoList;

            /**
             * Gets the type url for RepoList
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RepoList {

            /** Properties of a RepoList. */
            interface $Properties {

                /** RepoList after */
                after?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RepoList. */
            type $Shape = dits.messages.RepoList.$Properties;
        }

        /**
         * Properties of a RepoListResponse.
         * @deprecated Use dits.messages.RepoListResponse.$Properties instead.
         */
        interface IRepoListResponse extends dits.messages.RepoListResponse.$Properties {
        }

        /** Represents a RepoListResponse. */
        class RepoListResponse {

            /**
             * Constructs a new RepoListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RepoListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RepoListResponse repositories. */
            repositories: dits.messages.SharedRepository[];

            /** RepoListResponse more. */
            more: boolean;

            /**
             * Encodes the specified RepoListResponse message. Does not implicitly {@link dits.messages.RepoListResponse.verify|verify} messages.
             * @param message RepoListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RepoListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RepoListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RepoListResponse} RepoListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RepoListResponse;

            /**
             * Gets the type url for RepoListResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RepoListResponse {

            /** Properties of a RepoListResponse. */
            interface $Properties {

                /** RepoListResponse repositories */
                repositories?: (dits.messages.SharedRepository.$Properties[]|null);

                /** RepoListResponse more */
                more?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RepoListResponse. */
            type $Shape = dits.messages.RepoListResponse.$Properties;
        }

        /**
         * Properties of a SharedRepository.
         * @deprecated Use dits.messages.SharedRepository.$Properties instead.
         */
        interface ISharedRepository extends dits.messages.SharedRepository.$Properties {
        }

        /** Represents a SharedRepository. */
        class SharedRepository {

            /**
             * Constructs a new SharedRepository.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SharedRepository.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SharedRepository name. */
            name: string;

            /** SharedRepository access. */
            access: number;

            /**
             * Encodes the specified SharedRepository message. Does not implicitly {@link dits.messages.SharedRepository.verify|verify} messages.
             * @param message SharedRepository message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SharedRepository.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SharedRepository message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SharedRepository} SharedRepository
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SharedRepository;

            /**
             * Gets the type url for SharedRepository
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SharedRepository {

            /** Properties of a SharedRepository. */
            interface $Properties {

                /** SharedRepository name */
                name?: (string|null);

                /** SharedRepository access */
                access?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SharedRepository. */
            type $Shape = dits.messages.SharedRepository.$Properties;
        }

        /**
         * Properties of a RefChange.
         * @deprecated Use dits.messages.RefChange.$Properties instead.
         */
        interface IRefChange extends dits.messages.RefChange.$Properties {
        }

        /** Represents a RefChange. */
        class RefChange {

            /**
             * Constructs a new RefChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefChange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefChange name. */
            name: string;

            /** RefChange old. */
            old: Uint8Array;

            /** RefChange new. */
            new: Uint8Array;

            /** RefChange force. */
            force: boolean;

            /** RefChange move. */
            move?: (dits.messages.RefMove|null);

            /**
             * Encodes the specified RefChange message. Does not implicitly {@link dits.messages.RefChange.verify|verify} messages.
             * @param message RefChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefChange} RefChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefChange;

            /**
             * Gets the type url for RefChange
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefChange {

            /** Properties of a RefChange. */
            interface $Properties {

                /** RefChange name */
                name?: (string|null);

                /** RefChange old */
                old?: (Uint8Array|null);

                /** RefChange new */
                "new"?: (Uint8Array|null);

                /** RefChange force */
                force?: (boolean|null);

                /** RefChange move */
                move?: (dits.messages.RefMove.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefChange. */
            type $Shape = dits.messages.RefChange.$Properties;
        }

        /**
         * Properties of a RefUpdate.
         * @deprecated Use dits.messages.RefUpdate.$Properties instead.
         */
        interface IRefUpdate extends dits.messages.RefUpdate.$Properties {
        }

        /** Represents a RefUpdate. */
        class RefUpdate {

            /**
             * Constructs a new RefUpdate.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefUpdate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefUpdate handle. */
            handle: number;

            /** RefUpdate changes. */
            changes: dits.messages.RefChange[];

            /**
             * Encodes the specified RefUpdate message. Does not implicitly {@link dits.messages.RefUpdate.verify|verify} messages.
             * @param message RefUpdate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefUpdate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefUpdate} RefUpdate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefUpdate;

            /**
             * Gets the type url for RefUpdate
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefUpdate {

            /** Properties of a RefUpdate. */
            interface $Properties {

                /** RefUpdate handle */
                handle?: (number|null);

                /** RefUpdate changes */
                changes?: (dits.messages.RefChange.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefUpdate. */
            type $Shape = dits.messages.RefUpdate.$Properties;
        }

        /**
         * Properties of a RefResult.
         * @deprecated Use dits.messages.RefResult.$Properties instead.
         */
        interface IRefResult extends dits.messages.RefResult.$Properties {
        }

        /** Represents a RefResult. */
        class RefResult {

            /**
             * Constructs a new RefResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefResult name. */
            name: string;

            /** RefResult result. */
            result: number;

            /** RefResult current. */
            current: Uint8Array;

            /** RefResult message. */
            message: string;

            /**
             * Encodes the specified RefResult message. Does not implicitly {@link dits.messages.RefResult.verify|verify} messages.
             * @param message RefResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefResult} RefResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefResult;

            /**
             * Gets the type url for RefResult
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefResult {

            /** Properties of a RefResult. */
            interface $Properties {

                /** RefResult name */
                name?: (string|null);

                /** RefResult result */
                result?: (number|null);

                /** RefResult current */
                current?: (Uint8Array|null);

                /** RefResult message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefResult. */
            type $Shape = dits.messages.RefResult.$Properties;
        }

        /**
         * Properties of a RefUpdateResult.
         * @deprecated Use dits.messages.RefUpdateResult.$Properties instead.
         */
        interface IRefUpdateResult extends dits.messages.RefUpdateResult.$Properties {
        }

        /** Represents a RefUpdateResult. */
        class RefUpdateResult {

            /**
             * Constructs a new RefUpdateResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.RefUpdateResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RefUpdateResult results. */
            results: dits.messages.RefResult[];

            /**
             * Encodes the specified RefUpdateResult message. Does not implicitly {@link dits.messages.RefUpdateResult.verify|verify} messages.
             * @param message RefUpdateResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.RefUpdateResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RefUpdateResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.RefUpdateResult} RefUpdateResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.RefUpdateResult;

            /**
             * Gets the type url for RefUpdateResult
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RefUpdateResult {

            /** Properties of a RefUpdateResult. */
            interface $Properties {

                /** RefUpdateResult results */
                results?: (dits.messages.RefResult.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RefUpdateResult. */
            type $Shape = dits.messages.RefUpdateResult.$Properties;
        }

        /**
         * Properties of a Rotation.
         * @deprecated Use dits.messages.Rotation.$Properties instead.
         */
        interface IRotation extends dits.messages.Rotation.$Properties {
        }

        /** Represents a Rotation. */
        class Rotation {

            /**
             * Constructs a new Rotation.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Rotation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Rotation old. */
            old: string;

            /** Rotation new. */
            new: string;

            /** Rotation rotated_at. */
            rotated_at: (number|Long);

            /** Rotation old_signature. */
            old_signature: Uint8Array;

            /** Rotation new_signature. */
            new_signature: Uint8Array;

            /**
             * Encodes the specified Rotation message. Does not implicitly {@link dits.messages.Rotation.verify|verify} messages.
             * @param message Rotation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Rotation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Rotation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Rotation} Rotation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Rotation;

            /**
             * Gets the type url for Rotation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Rotation {

            /** Properties of a Rotation. */
            interface $Properties {

                /** Rotation old */
                old?: (string|null);

                /** Rotation new */
                "new"?: (string|null);

                /** Rotation rotated_at */
                rotated_at?: (number|Long|null);

                /** Rotation old_signature */
                old_signature?: (Uint8Array|null);

                /** Rotation new_signature */
                new_signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Rotation. */
            type $Shape = dits.messages.Rotation.$Properties;
        }

        /**
         * Properties of an IdentityRotate.
         * @deprecated Use dits.messages.IdentityRotate.$Properties instead.
         */
        interface IIdentityRotate extends dits.messages.IdentityRotate.$Properties {
        }

        /** Represents an IdentityRotate. */
        class IdentityRotate {

            /**
             * Constructs a new IdentityRotate.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.IdentityRotate.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IdentityRotate rotation. */
            rotation?: (dits.messages.Rotation|null);

            /** IdentityRotate asked. */
            asked: string;

            /**
             * Encodes the specified IdentityRotate message. Does not implicitly {@link dits.messages.IdentityRotate.verify|verify} messages.
             * @param message IdentityRotate message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.IdentityRotate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentityRotate message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.IdentityRotate} IdentityRotate
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.IdentityRotate;

            /**
             * Gets the type url for IdentityRotate
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace IdentityRotate {

            /** Properties of an IdentityRotate. */
            interface $Properties {

                /** IdentityRotate rotation */
                rotation?: (dits.messages.Rotation.$Properties|null);

                /** IdentityRotate asked */
                asked?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IdentityRotate. */
            type $Shape = dits.messages.IdentityRotate.$Properties;
        }

        /**
         * Properties of an IdentityRotated.
         * @deprecated Use dits.messages.IdentityRotated.$Properties instead.
         */
        interface IIdentityRotated extends dits.messages.IdentityRotated.$Properties {
        }

        /** Represents an IdentityRotated. */
        class IdentityRotated {

            /**
             * Constructs a new IdentityRotated.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.IdentityRotated.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** IdentityRotated accepted. */
            accepted: boolean;

            /** IdentityRotated message. */
            message: string;

            /** IdentityRotated chain. */
            chain: dits.messages.Rotation[];

            /**
             * Encodes the specified IdentityRotated message. Does not implicitly {@link dits.messages.IdentityRotated.verify|verify} messages.
             * @param message IdentityRotated message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.IdentityRotated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an IdentityRotated message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.IdentityRotated} IdentityRotated
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.IdentityRotated;

            /**
             * Gets the type url for IdentityRotated
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace IdentityRotated {

            /** Properties of an IdentityRotated. */
            interface $Properties {

                /** IdentityRotated accepted */
                accepted?: (boolean|null);

                /** IdentityRotated message */
                message?: (string|null);

                /** IdentityRotated chain */
                chain?: (dits.messages.Rotation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an IdentityRotated. */
            type $Shape = dits.messages.IdentityRotated.$Properties;
        }

        /**
         * Properties of a ChunkCheck.
         * @deprecated Use dits.messages.ChunkCheck.$Properties instead.
         */
        interface IChunkCheck extends dits.messages.ChunkCheck.$Properties {
        }

        /** Represents a ChunkCheck. */
        class ChunkCheck {

            /**
             * Constructs a new ChunkCheck.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.ChunkCheck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChunkCheck handle. */
            handle: number;

            /** ChunkCheck id. */
            id: Uint8Array;

            /**
             * Encodes the specified ChunkCheck message. Does not implicitly {@link dits.messages.ChunkCheck.verify|verify} messages.
             * @param message ChunkCheck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.ChunkCheck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChunkCheck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.ChunkCheck} ChunkCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.ChunkCheck;

            /**
             * Gets the type url for ChunkCheck
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChunkCheck {

            /** Properties of a ChunkCheck. */
            interface $Properties {

                /** ChunkCheck handle */
                handle?: (number|null);

                /** ChunkCheck id */
                id?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChunkCheck. */
            type $Shape = dits.messages.ChunkCheck.$Properties;
        }

        /**
         * Properties of a ChunkCheckResponse.
         * @deprecated Use dits.messages.ChunkCheckResponse.$Properties instead.
         */
        interface IChunkCheckResponse extends dits.messages.ChunkCheckResponse.$Properties {
        }

        /** Represents a ChunkCheckResponse. */
        class ChunkCheckResponse {

            /**
             * Constructs a new ChunkCheckResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.ChunkCheckResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChunkCheckResponse present. */
            present: boolean;

            /**
             * Encodes the specified ChunkCheckResponse message. Does not implicitly {@link dits.messages.ChunkCheckResponse.verify|verify} messages.
             * @param message ChunkCheckResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.ChunkCheckResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChunkCheckResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.ChunkCheckResponse} ChunkCheckResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.ChunkCheckResponse;

            /**
             * Gets the type url for ChunkCheckResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChunkCheckResponse {

            /** Properties of a ChunkCheckResponse. */
            interface $Properties {

                /** ChunkCheckResponse present */
                present?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChunkCheckResponse. */
            type $Shape = dits.messages.ChunkCheckResponse.$Properties;
        }

        /**
         * Properties of a BatchCheck.
         * @deprecated Use dits.messages.BatchCheck.$Properties instead.
         */
        interface IBatchCheck extends dits.messages.BatchCheck.$Properties {
        }

        /** Represents a BatchCheck. */
        class BatchCheck {

            /**
             * Constructs a new BatchCheck.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.BatchCheck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BatchCheck handle. */
            handle: number;

            /** BatchCheck number. */
            number: number;

            /** BatchCheck ids. */
            ids: Uint8Array;

            /**
             * Encodes the specified BatchCheck message. Does not implicitly {@link dits.messages.BatchCheck.verify|verify} messages.
             * @param message BatchCheck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.BatchCheck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BatchCheck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.BatchCheck} BatchCheck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.BatchCheck;

            /**
             * Gets the type url for BatchCheck
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BatchCheck {

            /** Properties of a BatchCheck. */
            interface $Properties {

                /** BatchCheck handle */
                handle?: (number|null);

                /** BatchCheck number */
                number?: (number|null);

                /** BatchCheck ids */
                ids?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BatchCheck. */
            type $Shape = dits.messages.BatchCheck.$Properties;
        }

        /**
         * Properties of a BatchCheckResponse.
         * @deprecated Use dits.messages.BatchCheckResponse.$Properties instead.
         */
        interface IBatchCheckResponse extends dits.messages.BatchCheckResponse.$Properties {
        }

        /** Represents a BatchCheckResponse. */
        class BatchCheckResponse {

            /**
             * Constructs a new BatchCheckResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.BatchCheckResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BatchCheckResponse number. */
            number: number;

            /** BatchCheckResponse count. */
            count: number;

            /** BatchCheckResponse present. */
            present: Uint8Array;

            /**
             * Encodes the specified BatchCheckResponse message. Does not implicitly {@link dits.messages.BatchCheckResponse.verify|verify} messages.
             * @param message BatchCheckResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.BatchCheckResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BatchCheckResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.BatchCheckResponse} BatchCheckResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.BatchCheckResponse;

            /**
             * Gets the type url for BatchCheckResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BatchCheckResponse {

            /** Properties of a BatchCheckResponse. */
            interface $Properties {

                /** BatchCheckResponse number */
                number?: (number|null);

                /** BatchCheckResponse count */
                count?: (number|null);

                /** BatchCheckResponse present */
                present?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BatchCheckResponse. */
            type $Shape = dits.messages.BatchCheckResponse.$Properties;
        }

        /**
         * Properties of a Records.
         * @deprecated Use dits.messages.Records.$Properties instead.
         */
        interface IRecords extends dits.messages.Records.$Properties {
        }

        /** Represents a Records. */
        class Records {

            /**
             * Constructs a new Records.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Records.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Records batch. */
            batch: number;

            /** Records ids. */
            ids: Uint8Array;

            /** Records forms. */
            forms: Uint8Array;

            /** Records raw_sizes. */
            raw_sizes: number[];

            /** Records stored_sizes. */
            stored_sizes: number[];

            /** Records absent. */
            absent: Uint8Array;

            /** Records last. */
            last: boolean;

            /** Records data. */
            data: Uint8Array;

            /**
             * Encodes the specified Records message. Does not implicitly {@link dits.messages.Records.verify|verify} messages.
             * @param message Records message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Records.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Records message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Records} Records
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Records;

            /**
             * Gets the type url for Records
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Records {

            /** Properties of a Records. */
            interface $Properties {

                /** Records batch */
                batch?: (number|null);

                /** Records ids */
                ids?: (Uint8Array|null);

                /** Records forms */
                forms?: (Uint8Array|null);

                /** Records raw_sizes */
                raw_sizes?: (number[]|null);

                /** Records stored_sizes */
                stored_sizes?: (number[]|null);

                /** Records absent */
                absent?: (Uint8Array|null);

                /** Records last */
                last?: (boolean|null);

                /** Records data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Records. */
            type $Shape = dits.messages.Records.$Properties;
        }

        /**
         * Properties of an ObjectRequest.
         * @deprecated Use dits.messages.ObjectRequest.$Properties instead.
         */
        interface IObjectRequest extends dits.messages.ObjectRequest.$Properties {
        }

        /** Represents an ObjectRequest. */
        class ObjectRequest {

            /**
             * Constructs a new ObjectRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.ObjectRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ObjectRequest handle. */
            handle: number;

            /** ObjectRequest ids. */
            ids: Uint8Array;

            /**
             * Encodes the specified ObjectRequest message. Does not implicitly {@link dits.messages.ObjectRequest.verify|verify} messages.
             * @param message ObjectRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.ObjectRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObjectRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.ObjectRequest} ObjectRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.ObjectRequest;

            /**
             * Gets the type url for ObjectRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ObjectRequest {

            /** Properties of an ObjectRequest. */
            interface $Properties {

                /** ObjectRequest handle */
                handle?: (number|null);

                /** ObjectRequest ids */
                ids?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObjectRequest. */
            type $Shape = dits.messages.ObjectRequest.$Properties;
        }

        /**
         * Properties of a BatchResult.
         * @deprecated Use dits.messages.BatchResult.$Properties instead.
         */
        interface IBatchResult extends dits.messages.BatchResult.$Properties {
        }

        /** Represents a BatchResult. */
        class BatchResult {

            /**
             * Constructs a new BatchResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.BatchResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BatchResult batch. */
            batch: number;

            /** BatchResult statuses. */
            statuses: Uint8Array;

            /**
             * Encodes the specified BatchResult message. Does not implicitly {@link dits.messages.BatchResult.verify|verify} messages.
             * @param message BatchResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.BatchResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BatchResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.BatchResult} BatchResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.BatchResult;

            /**
             * Gets the type url for BatchResult
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BatchResult {

            /** Properties of a BatchResult. */
            interface $Properties {

                /** BatchResult batch */
                batch?: (number|null);

                /** BatchResult statuses */
                statuses?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BatchResult. */
            type $Shape = dits.messages.BatchResult.$Properties;
        }

        /**
         * Properties of a BatchAck.
         * @deprecated Use dits.messages.BatchAck.$Properties instead.
         */
        interface IBatchAck extends dits.messages.BatchAck.$Properties {
        }

        /** Represents a BatchAck. */
        class BatchAck {

            /**
             * Constructs a new BatchAck.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.BatchAck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BatchAck results. */
            results: dits.messages.BatchResult[];

            /** BatchAck reason. */
            reason: string;

            /**
             * Encodes the specified BatchAck message. Does not implicitly {@link dits.messages.BatchAck.verify|verify} messages.
             * @param message BatchAck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.BatchAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BatchAck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.BatchAck} BatchAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.BatchAck;

            /**
             * Gets the type url for BatchAck
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BatchAck {

            /** Properties of a BatchAck. */
            interface $Properties {

                /** BatchAck results */
                results?: (dits.messages.BatchResult.$Properties[]|null);

                /** BatchAck reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BatchAck. */
            type $Shape = dits.messages.BatchAck.$Properties;
        }

        /**
         * Properties of a SyncRequest.
         * @deprecated Use dits.messages.SyncRequest.$Properties instead.
         */
        interface ISyncRequest extends dits.messages.SyncRequest.$Properties {
        }

        /** Represents a SyncRequest. */
        class SyncRequest {

            /**
             * Constructs a new SyncRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncRequest handle. */
            handle: number;

            /** SyncRequest direction. */
            direction: number;

            /** SyncRequest wants. */
            wants: Uint8Array;

            /** SyncRequest haves. */
            haves: Uint8Array;

            /** SyncRequest held. */
            held: (number|Long);

            /** SyncRequest window_bytes. */
            window_bytes: number;

            /** SyncRequest structure. */
            structure: boolean;

            /**
             * Encodes the specified SyncRequest message. Does not implicitly {@link dits.messages.SyncRequest.verify|verify} messages.
             * @param message SyncRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncRequest} SyncRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncRequest;

            /**
             * Gets the type url for SyncRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncRequest {

            /** Properties of a SyncRequest. */
            interface $Properties {

                /** SyncRequest handle */
                handle?: (number|null);

                /** SyncRequest direction */
                direction?: (number|null);

                /** SyncRequest wants */
                wants?: (Uint8Array|null);

                /** SyncRequest haves */
                haves?: (Uint8Array|null);

                /** SyncRequest held */
                held?: (number|Long|null);

                /** SyncRequest window_bytes */
                window_bytes?: (number|null);

                /** SyncRequest structure */
                structure?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncRequest. */
            type $Shape = dits.messages.SyncRequest.$Properties;
        }

        /**
         * Properties of a SyncResponse.
         * @deprecated Use dits.messages.SyncResponse.$Properties instead.
         */
        interface ISyncResponse extends dits.messages.SyncResponse.$Properties {
        }

        /** Represents a SyncResponse. */
        class SyncResponse {

            /**
             * Constructs a new SyncResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncResponse common. */
            common: Uint8Array;

            /** SyncResponse held. */
            held: (number|Long);

            /** SyncResponse window_bytes. */
            window_bytes: number;

            /** SyncResponse filter. */
            filter: boolean;

            /** SyncResponse sketch_key. */
            sketch_key: Uint8Array;

            /**
             * Encodes the specified SyncResponse message. Does not implicitly {@link dits.messages.SyncResponse.verify|verify} messages.
             * @param message SyncResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncResponse} SyncResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncResponse;

            /**
             * Gets the type url for SyncResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncResponse {

            /** Properties of a SyncResponse. */
            interface $Properties {

                /** SyncResponse common */
                common?: (Uint8Array|null);

                /** SyncResponse held */
                held?: (number|Long|null);

                /** SyncResponse window_bytes */
                window_bytes?: (number|null);

                /** SyncResponse filter */
                filter?: (boolean|null);

                /** SyncResponse sketch_key */
                sketch_key?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncResponse. */
            type $Shape = dits.messages.SyncResponse.$Properties;
        }

        /**
         * Properties of a SketchRequest.
         * @deprecated Use dits.messages.SketchRequest.$Properties instead.
         */
        interface ISketchRequest extends dits.messages.SketchRequest.$Properties {
        }

        /** Represents a SketchRequest. */
        class SketchRequest {

            /**
             * Constructs a new SketchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SketchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SketchRequest count. */
            count: number;

            /** SketchRequest filter. */
            filter: boolean;

            /**
             * Encodes the specified SketchRequest message. Does not implicitly {@link dits.messages.SketchRequest.verify|verify} messages.
             * @param message SketchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SketchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SketchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SketchRequest} SketchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SketchRequest;

            /**
             * Gets the type url for SketchRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SketchRequest {

            /** Properties of a SketchRequest. */
            interface $Properties {

                /** SketchRequest count */
                count?: (number|null);

                /** SketchRequest filter */
                filter?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SketchRequest. */
            type $Shape = dits.messages.SketchRequest.$Properties;
        }

        /**
         * Properties of a Sketch.
         * @deprecated Use dits.messages.Sketch.$Properties instead.
         */
        interface ISketch extends dits.messages.Sketch.$Properties {
        }

        /** Represents a Sketch. */
        class Sketch {

            /**
             * Constructs a new Sketch.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Sketch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Sketch symbols. */
            symbols: Uint8Array;

            /**
             * Encodes the specified Sketch message. Does not implicitly {@link dits.messages.Sketch.verify|verify} messages.
             * @param message Sketch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Sketch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Sketch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Sketch} Sketch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Sketch;

            /**
             * Gets the type url for Sketch
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Sketch {

            /** Properties of a Sketch. */
            interface $Properties {

                /** Sketch symbols */
                symbols?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Sketch. */
            type $Shape = dits.messages.Sketch.$Properties;
        }

        /**
         * Properties of a BloomFilter.
         * @deprecated Use dits.messages.BloomFilter.$Properties instead.
         */
        interface IBloomFilter extends dits.messages.BloomFilter.$Properties {
        }

        /** Represents a BloomFilter. */
        class BloomFilter {

            /**
             * Constructs a new BloomFilter.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.BloomFilter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BloomFilter bit_count. */
            bit_count: number;

            /** BloomFilter hash_count. */
            hash_count: number;

            /** BloomFilter id_count. */
            id_count: number;

            /** BloomFilter bits. */
            bits: Uint8Array;

            /**
             * Encodes the specified BloomFilter message. Does not implicitly {@link dits.messages.BloomFilter.verify|verify} messages.
             * @param message BloomFilter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.BloomFilter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BloomFilter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.BloomFilter} BloomFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.BloomFilter;

            /**
             * Gets the type url for BloomFilter
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BloomFilter {

            /** Properties of a BloomFilter. */
            interface $Properties {

                /** BloomFilter bit_count */
                bit_count?: (number|null);

                /** BloomFilter hash_count */
                hash_count?: (number|null);

                /** BloomFilter id_count */
                id_count?: (number|null);

                /** BloomFilter bits */
                bits?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BloomFilter. */
            type $Shape = dits.messages.BloomFilter.$Properties;
        }

        /**
         * Properties of a SyncTotals.
         * @deprecated Use dits.messages.SyncTotals.$Properties instead.
         */
        interface ISyncTotals extends dits.messages.SyncTotals.$Properties {
        }

        /** Represents a SyncTotals. */
        class SyncTotals {

            /**
             * Constructs a new SyncTotals.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncTotals.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncTotals objects. */
            objects: (number|Long);

            /** SyncTotals chunks. */
            chunks: (number|Long);

            /** SyncTotals objects_sent. */
            objects_sent: (number|Long);

            /** SyncTotals chunks_sent. */
            chunks_sent: (number|Long);

            /** SyncTotals logical_bytes. */
            logical_bytes: (number|Long);

            /** SyncTotals sent_bytes. */
            sent_bytes: (number|Long);

            /**
             * Encodes the specified SyncTotals message. Does not implicitly {@link dits.messages.SyncTotals.verify|verify} messages.
             * @param message SyncTotals message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncTotals.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncTotals message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncTotals} SyncTotals
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncTotals;

            /**
             * Gets the type url for SyncTotals
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncTotals {

            /** Properties of a SyncTotals. */
            interface $Properties {

                /** SyncTotals objects */
                objects?: (number|Long|null);

                /** SyncTotals chunks */
                chunks?: (number|Long|null);

                /** SyncTotals objects_sent */
                objects_sent?: (number|Long|null);

                /** SyncTotals chunks_sent */
                chunks_sent?: (number|Long|null);

                /** SyncTotals logical_bytes */
                logical_bytes?: (number|Long|null);

                /** SyncTotals sent_bytes */
                sent_bytes?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncTotals. */
            type $Shape = dits.messages.SyncTotals.$Properties;
        }

        /**
         * Properties of a SyncProgress.
         * @deprecated Use dits.messages.SyncProgress.$Properties instead.
         */
        interface ISyncProgress extends dits.messages.SyncProgress.$Properties {
        }

        /** Represents a SyncProgress. */
        class SyncProgress {

            /**
             * Constructs a new SyncProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncProgress totals. */
            totals?: (dits.messages.SyncTotals|null);

            /**
             * Encodes the specified SyncProgress message. Does not implicitly {@link dits.messages.SyncProgress.verify|verify} messages.
             * @param message SyncProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncProgress} SyncProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncProgress;

            /**
             * Gets the type url for SyncProgress
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncProgress {

            /** Properties of a SyncProgress. */
            interface $Properties {

                /** SyncProgress totals */
                totals?: (dits.messages.SyncTotals.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncProgress. */
            type $Shape = dits.messages.SyncProgress.$Properties;
        }

        /**
         * Properties of a SyncEnd.
         * @deprecated Use dits.messages.SyncEnd.$Properties instead.
         */
        interface ISyncEnd extends dits.messages.SyncEnd.$Properties {
        }

        /** Represents a SyncEnd. */
        class SyncEnd {

            /**
             * Constructs a new SyncEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncEnd batches. */
            batches: number;

            /** SyncEnd totals. */
            totals?: (dits.messages.SyncTotals|null);

            /**
             * Encodes the specified SyncEnd message. Does not implicitly {@link dits.messages.SyncEnd.verify|verify} messages.
             * @param message SyncEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncEnd} SyncEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncEnd;

            /**
             * Gets the type url for SyncEnd
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncEnd {

            /** Properties of a SyncEnd. */
            interface $Properties {

                /** SyncEnd batches */
                batches?: (number|null);

                /** SyncEnd totals */
                totals?: (dits.messages.SyncTotals.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncEnd. */
            type $Shape = dits.messages.SyncEnd.$Properties;
        }

        /**
         * Properties of a SyncDone.
         * @deprecated Use dits.messages.SyncDone.$Properties instead.
         */
        interface ISyncDone extends dits.messages.SyncDone.$Properties {
        }

        /** Represents a SyncDone. */
        class SyncDone {

            /**
             * Constructs a new SyncDone.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SyncDone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SyncDone stored. */
            stored: (number|Long);

            /** SyncDone duplicates. */
            duplicates: (number|Long);

            /** SyncDone bytes. */
            bytes: (number|Long);

            /**
             * Encodes the specified SyncDone message. Does not implicitly {@link dits.messages.SyncDone.verify|verify} messages.
             * @param message SyncDone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SyncDone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SyncDone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SyncDone} SyncDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SyncDone;

            /**
             * Gets the type url for SyncDone
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SyncDone {

            /** Properties of a SyncDone. */
            interface $Properties {

                /** SyncDone stored */
                stored?: (number|Long|null);

                /** SyncDone duplicates */
                duplicates?: (number|Long|null);

                /** SyncDone bytes */
                bytes?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SyncDone. */
            type $Shape = dits.messages.SyncDone.$Properties;
        }

        /**
         * Properties of a SwarmJoin.
         * @deprecated Use dits.messages.SwarmJoin.$Properties instead.
         */
        interface ISwarmJoin extends dits.messages.SwarmJoin.$Properties {
        }

        /** Represents a SwarmJoin. */
        class SwarmJoin {

            /**
             * Constructs a new SwarmJoin.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SwarmJoin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SwarmJoin handle. */
            handle: number;

            /** SwarmJoin port. */
            port: number;

            /**
             * Encodes the specified SwarmJoin message. Does not implicitly {@link dits.messages.SwarmJoin.verify|verify} messages.
             * @param message SwarmJoin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SwarmJoin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SwarmJoin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SwarmJoin} SwarmJoin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SwarmJoin;

            /**
             * Gets the type url for SwarmJoin
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SwarmJoin {

            /** Properties of a SwarmJoin. */
            interface $Properties {

                /** SwarmJoin handle */
                handle?: (number|null);

                /** SwarmJoin port */
                port?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SwarmJoin. */
            type $Shape = dits.messages.SwarmJoin.$Properties;
        }

        /**
         * Properties of a SwarmPeers.
         * @deprecated Use dits.messages.SwarmPeers.$Properties instead.
         */
        interface ISwarmPeers extends dits.messages.SwarmPeers.$Properties {
        }

        /** Represents a SwarmPeers. */
        class SwarmPeers {

            /**
             * Constructs a new SwarmPeers.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SwarmPeers.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SwarmPeers members. */
            members: dits.messages.SwarmMember[];

            /** SwarmPeers pass. */
            pass?: (dits.messages.Pass|null);

            /** SwarmPeers now. */
            now: (number|Long);

            /**
             * Encodes the specified SwarmPeers message. Does not implicitly {@link dits.messages.SwarmPeers.verify|verify} messages.
             * @param message SwarmPeers message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SwarmPeers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SwarmPeers message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SwarmPeers} SwarmPeers
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SwarmPeers;

            /**
             * Gets the type url for SwarmPeers
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SwarmPeers {

            /** Properties of a SwarmPeers. */
            interface $Properties {

                /** SwarmPeers members */
                members?: (dits.messages.SwarmMember.$Properties[]|null);

                /** SwarmPeers pass */
                pass?: (dits.messages.Pass.$Properties|null);

                /** SwarmPeers now */
                now?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SwarmPeers. */
            type $Shape = dits.messages.SwarmPeers.$Properties;
        }

        /**
         * Properties of a SwarmMember.
         * @deprecated Use dits.messages.SwarmMember.$Properties instead.
         */
        interface ISwarmMember extends dits.messages.SwarmMember.$Properties {
        }

        /** Represents a SwarmMember. */
        class SwarmMember {

            /**
             * Constructs a new SwarmMember.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.SwarmMember.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SwarmMember peer_id. */
            peer_id: string;

            /** SwarmMember host. */
            host: string;

            /** SwarmMember port. */
            port: number;

            /**
             * Encodes the specified SwarmMember message. Does not implicitly {@link dits.messages.SwarmMember.verify|verify} messages.
             * @param message SwarmMember message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.SwarmMember.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SwarmMember message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.SwarmMember} SwarmMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.SwarmMember;

            /**
             * Gets the type url for SwarmMember
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SwarmMember {

            /** Properties of a SwarmMember. */
            interface $Properties {

                /** SwarmMember peer_id */
                peer_id?: (string|null);

                /** SwarmMember host */
                host?: (string|null);

                /** SwarmMember port */
                port?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SwarmMember. */
            type $Shape = dits.messages.SwarmMember.$Properties;
        }

        /**
         * Properties of a MeetOffer.
         * @deprecated Use dits.messages.MeetOffer.$Properties instead.
         */
        interface IMeetOffer extends dits.messages.MeetOffer.$Properties {
        }

        /** Represents a MeetOffer. */
        class MeetOffer {

            /**
             * Constructs a new MeetOffer.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetOffer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MeetOffer nameplate. */
            nameplate: string;

            /**
             * Encodes the specified MeetOffer message. Does not implicitly {@link dits.messages.MeetOffer.verify|verify} messages.
             * @param message MeetOffer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetOffer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetOffer} MeetOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetOffer;

            /**
             * Gets the type url for MeetOffer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetOffer {

            /** Properties of a MeetOffer. */
            interface $Properties {

                /** MeetOffer nameplate */
                nameplate?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetOffer. */
            type $Shape = dits.messages.MeetOffer.$Properties;
        }

        /**
         * Properties of a MeetOffered.
         * @deprecated Use dits.messages.MeetOffered.$Properties instead.
         */
        interface IMeetOffered extends dits.messages.MeetOffered.$Properties {
        }

        /** Represents a MeetOffered. */
        class MeetOffered {

            /**
             * Constructs a new MeetOffered.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetOffered.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MeetOffered lifetime_ms. */
            lifetime_ms: number;

            /**
             * Encodes the specified MeetOffered message. Does not implicitly {@link dits.messages.MeetOffered.verify|verify} messages.
             * @param message MeetOffered message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetOffered.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetOffered message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetOffered} MeetOffered
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetOffered;

            /**
             * Gets the type url for MeetOffered
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetOffered {

            /** Properties of a MeetOffered. */
            interface $Properties {

                /** MeetOffered lifetime_ms */
                lifetime_ms?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetOffered. */
            type $Shape = dits.messages.MeetOffered.$Properties;
        }

        /**
         * Properties of a MeetJoin.
         * @deprecated Use dits.messages.MeetJoin.$Properties instead.
         */
        interface IMeetJoin extends dits.messages.MeetJoin.$Properties {
        }

        /** Represents a MeetJoin. */
        class MeetJoin {

            /**
             * Constructs a new MeetJoin.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetJoin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MeetJoin nameplate. */
            nameplate: string;

            /**
             * Encodes the specified MeetJoin message. Does not implicitly {@link dits.messages.MeetJoin.verify|verify} messages.
             * @param message MeetJoin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetJoin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetJoin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetJoin} MeetJoin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetJoin;

            /**
             * Gets the type url for MeetJoin
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetJoin {

            /** Properties of a MeetJoin. */
            interface $Properties {

                /** MeetJoin nameplate */
                nameplate?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetJoin. */
            type $Shape = dits.messages.MeetJoin.$Properties;
        }

        /**
         * Properties of a MeetBegin.
         * @deprecated Use dits.messages.MeetBegin.$Properties instead.
         */
        interface IMeetBegin extends dits.messages.MeetBegin.$Properties {
        }

        /** Represents a MeetBegin. */
        class MeetBegin {

            /**
             * Constructs a new MeetBegin.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetBegin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified MeetBegin message. Does not implicitly {@link dits.messages.MeetBegin.verify|verify} messages.
             * @param message MeetBegin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetBegin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetBegin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetBegin} MeetBegin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetBegin;

            /**
             * Gets the type url for MeetBegin
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetBegin {

            /** Properties of a MeetBegin. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetBegin. */
            type $Shape = dits.messages.MeetBegin.$Properties;
        }

        /**
         * Properties of a MeetMessage.
         * @deprecated Use dits.messages.MeetMessage.$Properties instead.
         */
        interface IMeetMessage extends dits.messages.MeetMessage.$Properties {
        }

        /** Represents a MeetMessage. */
        class MeetMessage {

            /**
             * Constructs a new MeetMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MeetMessage data. */
            data: Uint8Array;

            /**
             * Encodes the specified MeetMessage message. Does not implicitly {@link dits.messages.MeetMessage.verify|verify} messages.
             * @param message MeetMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetMessage} MeetMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetMessage;

            /**
             * Gets the type url for MeetMessage
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetMessage {

            /** Properties of a MeetMessage. */
            interface $Properties {

                /** MeetMessage data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetMessage. */
            type $Shape = dits.messages.MeetMessage.$Properties;
        }

        /**
         * Properties of a MeetEnd.
         * @deprecated Use dits.messages.MeetEnd.$Properties instead.
         */
        interface IMeetEnd extends dits.messages.MeetEnd.$Properties {
        }

        /** Represents a MeetEnd. */
        class MeetEnd {

            /**
             * Constructs a new MeetEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.MeetEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MeetEnd reason. */
            reason: number;

            /**
             * Encodes the specified MeetEnd message. Does not implicitly {@link dits.messages.MeetEnd.verify|verify} messages.
             * @param message MeetEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.MeetEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MeetEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.MeetEnd} MeetEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.MeetEnd;

            /**
             * Gets the type url for MeetEnd
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MeetEnd {

            /** Properties of a MeetEnd. */
            interface $Properties {

                /** MeetEnd reason */
                reason?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MeetEnd. */
            type $Shape = dits.messages.MeetEnd.$Properties;
        }

        /**
         * Properties of a PairStep.
         * @deprecated Use dits.messages.PairStep.$Properties instead.
         */
        interface IPairStep extends dits.messages.PairStep.$Properties {
        }

        /** Represents a PairStep. */
        class PairStep {

            /**
             * Constructs a new PairStep.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.PairStep.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PairStep share. */
            share?: (dits.messages.PairShare|null);

            /** PairStep confirmation. */
            confirmation: Uint8Array;

            /** PairStep sealed. */
            sealed: Uint8Array;

            /**
             * Encodes the specified PairStep message. Does not implicitly {@link dits.messages.PairStep.verify|verify} messages.
             * @param message PairStep message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.PairStep.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PairStep message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.PairStep} PairStep
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.PairStep;

            /**
             * Gets the type url for PairStep
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PairStep {

            /** Properties of a PairStep. */
            interface $Properties {

                /** PairStep share */
                share?: (dits.messages.PairShare.$Properties|null);

                /** PairStep confirmation */
                confirmation?: (Uint8Array|null);

                /** PairStep sealed */
                sealed?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PairStep. */
            type $Shape = dits.messages.PairStep.$Properties;
        }

        /**
         * Properties of a PairShare.
         * @deprecated Use dits.messages.PairShare.$Properties instead.
         */
        interface IPairShare extends dits.messages.PairShare.$Properties {
        }

        /** Represents a PairShare. */
        class PairShare {

            /**
             * Constructs a new PairShare.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.PairShare.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PairShare peer_id. */
            peer_id: string;

            /** PairShare point. */
            point: Uint8Array;

            /**
             * Encodes the specified PairShare message. Does not implicitly {@link dits.messages.PairShare.verify|verify} messages.
             * @param message PairShare message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.PairShare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PairShare message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.PairShare} PairShare
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.PairShare;

            /**
             * Gets the type url for PairShare
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PairShare {

            /** Properties of a PairShare. */
            interface $Properties {

                /** PairShare peer_id */
                peer_id?: (string|null);

                /** PairShare point */
                point?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PairShare. */
            type $Shape = dits.messages.PairShare.$Properties;
        }

        /**
         * Properties of a PairIntroduction.
         * @deprecated Use dits.messages.PairIntroduction.$Properties instead.
         */
        interface IPairIntroduction extends dits.messages.PairIntroduction.$Properties {
        }

        /** Represents a PairIntroduction. */
        class PairIntroduction {

            /**
             * Constructs a new PairIntroduction.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.PairIntroduction.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PairIntroduction name. */
            name: string;

            /** PairIntroduction addresses. */
            addresses: string[];

            /** PairIntroduction signature. */
            signature: Uint8Array;

            /**
             * Encodes the specified PairIntroduction message. Does not implicitly {@link dits.messages.PairIntroduction.verify|verify} messages.
             * @param message PairIntroduction message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.PairIntroduction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PairIntroduction message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.PairIntroduction} PairIntroduction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.PairIntroduction;

            /**
             * Gets the type url for PairIntroduction
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PairIntroduction {

            /** Properties of a PairIntroduction. */
            interface $Properties {

                /** PairIntroduction name */
                name?: (string|null);

                /** PairIntroduction addresses */
                addresses?: (string[]|null);

                /** PairIntroduction signature */
                signature?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PairIntroduction. */
            type $Shape = dits.messages.PairIntroduction.$Properties;
        }

        /**
         * Properties of a PairVerdict.
         * @deprecated Use dits.messages.PairVerdict.$Properties instead.
         */
        interface IPairVerdict extends dits.messages.PairVerdict.$Properties {
        }

        /** Represents a PairVerdict. */
        class PairVerdict {

            /**
             * Constructs a new PairVerdict.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.PairVerdict.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PairVerdict accepted. */
            accepted: boolean;

            /**
             * Encodes the specified PairVerdict message. Does not implicitly {@link dits.messages.PairVerdict.verify|verify} messages.
             * @param message PairVerdict message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.PairVerdict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PairVerdict message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.PairVerdict} PairVerdict
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.PairVerdict;

            /**
             * Gets the type url for PairVerdict
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PairVerdict {

            /** Properties of a PairVerdict. */
            interface $Properties {

                /** PairVerdict accepted */
                accepted?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PairVerdict. */
            type $Shape = dits.messages.PairVerdict.$Properties;
        }

        /**
         * Properties of a TicketRedeem.
         * @deprecated Use dits.messages.TicketRedeem.$Properties instead.
         */
        interface ITicketRedeem extends dits.messages.TicketRedeem.$Properties {
        }

        /** Represents a TicketRedeem. */
        class TicketRedeem {

            /**
             * Constructs a new TicketRedeem.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.TicketRedeem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TicketRedeem ticket. */
            ticket: Uint8Array;

            /** TicketRedeem secret. */
            secret: Uint8Array;

            /** TicketRedeem name. */
            name: string;

            /**
             * Encodes the specified TicketRedeem message. Does not implicitly {@link dits.messages.TicketRedeem.verify|verify} messages.
             * @param message TicketRedeem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.TicketRedeem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TicketRedeem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.TicketRedeem} TicketRedeem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.TicketRedeem;

            /**
             * Gets the type url for TicketRedeem
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TicketRedeem {

            /** Properties of a TicketRedeem. */
            interface $Properties {

                /** TicketRedeem ticket */
                ticket?: (Uint8Array|null);

                /** TicketRedeem secret */
                secret?: (Uint8Array|null);

                /** TicketRedeem name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TicketRedeem. */
            type $Shape = dits.messages.TicketRedeem.$Properties;
        }

        /**
         * Properties of a TicketRedeemed.
         * @deprecated Use dits.messages.TicketRedeemed.$Properties instead.
         */
        interface ITicketRedeemed extends dits.messages.TicketRedeemed.$Properties {
        }

        /** Represents a TicketRedeemed. */
        class TicketRedeemed {

            /**
             * Constructs a new TicketRedeemed.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.TicketRedeemed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TicketRedeemed repository. */
            repository: string;

            /** TicketRedeemed access. */
            access: number;

            /** TicketRedeemed until. */
            until: (number|Long);

            /** TicketRedeemed name. */
            name: string;

            /**
             * Encodes the specified TicketRedeemed message. Does not implicitly {@link dits.messages.TicketRedeemed.verify|verify} messages.
             * @param message TicketRedeemed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.TicketRedeemed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TicketRedeemed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.TicketRedeemed} TicketRedeemed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.TicketRedeemed;

            /**
             * Gets the type url for TicketRedeemed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TicketRedeemed {

            /** Properties of a TicketRedeemed. */
            interface $Properties {

                /** TicketRedeemed repository */
                repository?: (string|null);

                /** TicketRedeemed access */
                access?: (number|null);

                /** TicketRedeemed until */
                until?: (number|Long|null);

                /** TicketRedeemed name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TicketRedeemed. */
            type $Shape = dits.messages.TicketRedeemed.$Properties;
        }

        /**
         * Properties of a CircuitReserve.
         * @deprecated Use dits.messages.CircuitReserve.$Properties instead.
         */
        interface ICircuitReserve extends dits.messages.CircuitReserve.$Properties {
        }

        /** Represents a CircuitReserve. */
        class CircuitReserve {

            /**
             * Constructs a new CircuitReserve.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitReserve.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified CircuitReserve message. Does not implicitly {@link dits.messages.CircuitReserve.verify|verify} messages.
             * @param message CircuitReserve message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitReserve.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitReserve message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitReserve} CircuitReserve
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitReserve;

            /**
             * Gets the type url for CircuitReserve
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitReserve {

            /** Properties of a CircuitReserve. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitReserve. */
            type $Shape = dits.messages.CircuitReserve.$Properties;
        }

        /**
         * Properties of a CircuitReserved.
         * @deprecated Use dits.messages.CircuitReserved.$Properties instead.
         */
        interface ICircuitReserved extends dits.messages.CircuitReserved.$Properties {
        }

        /** Represents a CircuitReserved. */
        class CircuitReserved {

            /**
             * Constructs a new CircuitReserved.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitReserved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CircuitReserved observed. */
            observed: string;

            /** CircuitReserved circuits_max. */
            circuits_max: number;

            /**
             * Encodes the specified CircuitReserved message. Does not implicitly {@link dits.messages.CircuitReserved.verify|verify} messages.
             * @param message CircuitReserved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitReserved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitReserved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitReserved} CircuitReserved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitReserved;

            /**
             * Gets the type url for CircuitReserved
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitReserved {

            /** Properties of a CircuitReserved. */
            interface $Properties {

                /** CircuitReserved observed */
                observed?: (string|null);

                /** CircuitReserved circuits_max */
                circuits_max?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitReserved. */
            type $Shape = dits.messages.CircuitReserved.$Properties;
        }

        /**
         * Properties of a CircuitConnect.
         * @deprecated Use dits.messages.CircuitConnect.$Properties instead.
         */
        interface ICircuitConnect extends dits.messages.CircuitConnect.$Properties {
        }

        /** Represents a CircuitConnect. */
        class CircuitConnect {

            /**
             * Constructs a new CircuitConnect.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitConnect.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CircuitConnect peer_id. */
            peer_id: string;

            /**
             * Encodes the specified CircuitConnect message. Does not implicitly {@link dits.messages.CircuitConnect.verify|verify} messages.
             * @param message CircuitConnect message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitConnect.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitConnect message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitConnect} CircuitConnect
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitConnect;

            /**
             * Gets the type url for CircuitConnect
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitConnect {

            /** Properties of a CircuitConnect. */
            interface $Properties {

                /** CircuitConnect peer_id */
                peer_id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitConnect. */
            type $Shape = dits.messages.CircuitConnect.$Properties;
        }

        /**
         * Properties of a CircuitConnected.
         * @deprecated Use dits.messages.CircuitConnected.$Properties instead.
         */
        interface ICircuitConnected extends dits.messages.CircuitConnected.$Properties {
        }

        /** Represents a CircuitConnected. */
        class CircuitConnected {

            /**
             * Constructs a new CircuitConnected.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitConnected.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CircuitConnected observed. */
            observed: string;

            /**
             * Encodes the specified CircuitConnected message. Does not implicitly {@link dits.messages.CircuitConnected.verify|verify} messages.
             * @param message CircuitConnected message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitConnected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitConnected message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitConnected} CircuitConnected
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitConnected;

            /**
             * Gets the type url for CircuitConnected
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitConnected {

            /** Properties of a CircuitConnected. */
            interface $Properties {

                /** CircuitConnected observed */
                observed?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitConnected. */
            type $Shape = dits.messages.CircuitConnected.$Properties;
        }

        /**
         * Properties of a CircuitOffer.
         * @deprecated Use dits.messages.CircuitOffer.$Properties instead.
         */
        interface ICircuitOffer extends dits.messages.CircuitOffer.$Properties {
        }

        /** Represents a CircuitOffer. */
        class CircuitOffer {

            /**
             * Constructs a new CircuitOffer.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitOffer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CircuitOffer peer_id. */
            peer_id: string;

            /**
             * Encodes the specified CircuitOffer message. Does not implicitly {@link dits.messages.CircuitOffer.verify|verify} messages.
             * @param message CircuitOffer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitOffer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitOffer} CircuitOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitOffer;

            /**
             * Gets the type url for CircuitOffer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitOffer {

            /** Properties of a CircuitOffer. */
            interface $Properties {

                /** CircuitOffer peer_id */
                peer_id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitOffer. */
            type $Shape = dits.messages.CircuitOffer.$Properties;
        }

        /**
         * Properties of a CircuitAccept.
         * @deprecated Use dits.messages.CircuitAccept.$Properties instead.
         */
        interface ICircuitAccept extends dits.messages.CircuitAccept.$Properties {
        }

        /** Represents a CircuitAccept. */
        class CircuitAccept {

            /**
             * Constructs a new CircuitAccept.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.CircuitAccept.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified CircuitAccept message. Does not implicitly {@link dits.messages.CircuitAccept.verify|verify} messages.
             * @param message CircuitAccept message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.CircuitAccept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CircuitAccept message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.CircuitAccept} CircuitAccept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.CircuitAccept;

            /**
             * Gets the type url for CircuitAccept
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CircuitAccept {

            /** Properties of a CircuitAccept. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CircuitAccept. */
            type $Shape = dits.messages.CircuitAccept.$Properties;
        }

        /**
         * Properties of a Punch.
         * @deprecated Use dits.messages.Punch.$Properties instead.
         */
        interface IPunch extends dits.messages.Punch.$Properties {
        }

        /** Represents a Punch. */
        class Punch {

            /**
             * Constructs a new Punch.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Punch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Punch addresses. */
            addresses: string[];

            /**
             * Encodes the specified Punch message. Does not implicitly {@link dits.messages.Punch.verify|verify} messages.
             * @param message Punch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Punch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Punch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Punch} Punch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Punch;

            /**
             * Gets the type url for Punch
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Punch {

            /** Properties of a Punch. */
            interface $Properties {

                /** Punch addresses */
                addresses?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Punch. */
            type $Shape = dits.messages.Punch.$Properties;
        }

        /**
         * Properties of a PunchReady.
         * @deprecated Use dits.messages.PunchReady.$Properties instead.
         */
        interface IPunchReady extends dits.messages.PunchReady.$Properties {
        }

        /** Represents a PunchReady. */
        class PunchReady {

            /**
             * Constructs a new PunchReady.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.PunchReady.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PunchReady addresses. */
            addresses: string[];

            /**
             * Encodes the specified PunchReady message. Does not implicitly {@link dits.messages.PunchReady.verify|verify} messages.
             * @param message PunchReady message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.PunchReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PunchReady message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.PunchReady} PunchReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.PunchReady;

            /**
             * Gets the type url for PunchReady
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PunchReady {

            /** Properties of a PunchReady. */
            interface $Properties {

                /** PunchReady addresses */
                addresses?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PunchReady. */
            type $Shape = dits.messages.PunchReady.$Properties;
        }

        /**
         * Properties of an Observe.
         * @deprecated Use dits.messages.Observe.$Properties instead.
         */
        interface IObserve extends dits.messages.Observe.$Properties {
        }

        /** Represents an Observe. */
        class Observe {

            /**
             * Constructs a new Observe.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Observe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Observe message. Does not implicitly {@link dits.messages.Observe.verify|verify} messages.
             * @param message Observe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Observe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Observe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Observe} Observe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Observe;

            /**
             * Gets the type url for Observe
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Observe {

            /** Properties of an Observe. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Observe. */
            type $Shape = dits.messages.Observe.$Properties;
        }

        /**
         * Properties of an Observed.
         * @deprecated Use dits.messages.Observed.$Properties instead.
         */
        interface IObserved extends dits.messages.Observed.$Properties {
        }

        /** Represents an Observed. */
        class Observed {

            /**
             * Constructs a new Observed.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.Observed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Observed address. */
            address: string;

            /**
             * Encodes the specified Observed message. Does not implicitly {@link dits.messages.Observed.verify|verify} messages.
             * @param message Observed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.Observed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Observed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.Observed} Observed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.Observed;

            /**
             * Gets the type url for Observed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Observed {

            /** Properties of an Observed. */
            interface $Properties {

                /** Observed address */
                address?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Observed. */
            type $Shape = dits.messages.Observed.$Properties;
        }

        /**
         * Properties of a FeedOpen.
         * @deprecated Use dits.messages.FeedOpen.$Properties instead.
         */
        interface IFeedOpen extends dits.messages.FeedOpen.$Properties {
        }

        /** Represents a FeedOpen. */
        class FeedOpen {

            /**
             * Constructs a new FeedOpen.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedOpen.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedOpen handle. */
            handle: number;

            /** FeedOpen wants. */
            wants: Uint8Array;

            /** FeedOpen window_bytes. */
            window_bytes: number;

            /** FeedOpen announced_max. */
            announced_max: number;

            /**
             * Encodes the specified FeedOpen message. Does not implicitly {@link dits.messages.FeedOpen.verify|verify} messages.
             * @param message FeedOpen message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedOpen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedOpen message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedOpen} FeedOpen
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedOpen;

            /**
             * Gets the type url for FeedOpen
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedOpen {

            /** Properties of a FeedOpen. */
            interface $Properties {

                /** FeedOpen handle */
                handle?: (number|null);

                /** FeedOpen wants */
                wants?: (Uint8Array|null);

                /** FeedOpen window_bytes */
                window_bytes?: (number|null);

                /** FeedOpen announced_max */
                announced_max?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedOpen. */
            type $Shape = dits.messages.FeedOpen.$Properties;
        }

        /**
         * Properties of a FeedOpened.
         * @deprecated Use dits.messages.FeedOpened.$Properties instead.
         */
        interface IFeedOpened extends dits.messages.FeedOpened.$Properties {
        }

        /** Represents a FeedOpened. */
        class FeedOpened {

            /**
             * Constructs a new FeedOpened.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedOpened.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedOpened complete. */
            complete: boolean;

            /**
             * Encodes the specified FeedOpened message. Does not implicitly {@link dits.messages.FeedOpened.verify|verify} messages.
             * @param message FeedOpened message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedOpened.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedOpened message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedOpened} FeedOpened
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedOpened;

            /**
             * Gets the type url for FeedOpened
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedOpened {

            /** Properties of a FeedOpened. */
            interface $Properties {

                /** FeedOpened complete */
                complete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedOpened. */
            type $Shape = dits.messages.FeedOpened.$Properties;
        }

        /**
         * Properties of a FeedHave.
         * @deprecated Use dits.messages.FeedHave.$Properties instead.
         */
        interface IFeedHave extends dits.messages.FeedHave.$Properties {
        }

        /** Represents a FeedHave. */
        class FeedHave {

            /**
             * Constructs a new FeedHave.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedHave.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedHave prefixes. */
            prefixes: Uint8Array;

            /** FeedHave complete. */
            complete: boolean;

            /**
             * Encodes the specified FeedHave message. Does not implicitly {@link dits.messages.FeedHave.verify|verify} messages.
             * @param message FeedHave message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedHave.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedHave message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedHave} FeedHave
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedHave;

            /**
             * Gets the type url for FeedHave
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedHave {

            /** Properties of a FeedHave. */
            interface $Properties {

                /** FeedHave prefixes */
                prefixes?: (Uint8Array|null);

                /** FeedHave complete */
                complete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedHave. */
            type $Shape = dits.messages.FeedHave.$Properties;
        }

        /**
         * Properties of a FeedWant.
         * @deprecated Use dits.messages.FeedWant.$Properties instead.
         */
        interface IFeedWant extends dits.messages.FeedWant.$Properties {
        }

        /** Represents a FeedWant. */
        class FeedWant {

            /**
             * Constructs a new FeedWant.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedWant.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedWant ids. */
            ids: Uint8Array;

            /** FeedWant last. */
            last: boolean;

            /**
             * Encodes the specified FeedWant message. Does not implicitly {@link dits.messages.FeedWant.verify|verify} messages.
             * @param message FeedWant message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedWant.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedWant message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedWant} FeedWant
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedWant;

            /**
             * Gets the type url for FeedWant
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedWant {

            /** Properties of a FeedWant. */
            interface $Properties {

                /** FeedWant ids */
                ids?: (Uint8Array|null);

                /** FeedWant last */
                last?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedWant. */
            type $Shape = dits.messages.FeedWant.$Properties;
        }

        /**
         * Properties of a FeedAbsent.
         * @deprecated Use dits.messages.FeedAbsent.$Properties instead.
         */
        interface IFeedAbsent extends dits.messages.FeedAbsent.$Properties {
        }

        /** Represents a FeedAbsent. */
        class FeedAbsent {

            /**
             * Constructs a new FeedAbsent.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedAbsent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedAbsent ids. */
            ids: Uint8Array;

            /**
             * Encodes the specified FeedAbsent message. Does not implicitly {@link dits.messages.FeedAbsent.verify|verify} messages.
             * @param message FeedAbsent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedAbsent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedAbsent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedAbsent} FeedAbsent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedAbsent;

            /**
             * Gets the type url for FeedAbsent
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedAbsent {

            /** Properties of a FeedAbsent. */
            interface $Properties {

                /** FeedAbsent ids */
                ids?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedAbsent. */
            type $Shape = dits.messages.FeedAbsent.$Properties;
        }

        /**
         * Properties of a FeedCancel.
         * @deprecated Use dits.messages.FeedCancel.$Properties instead.
         */
        interface IFeedCancel extends dits.messages.FeedCancel.$Properties {
        }

        /** Represents a FeedCancel. */
        class FeedCancel {

            /**
             * Constructs a new FeedCancel.
             * @param [properties] Properties to set
             */
            constructor(properties?: dits.messages.FeedCancel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FeedCancel ids. */
            ids: Uint8Array;

            /**
             * Encodes the specified FeedCancel message. Does not implicitly {@link dits.messages.FeedCancel.verify|verify} messages.
             * @param message FeedCancel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dits.messages.FeedCancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FeedCancel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dits.messages.FeedCancel} FeedCancel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dits.messages.FeedCancel;

            /**
             * Gets the type url for FeedCancel
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FeedCancel {

            /** Properties of a FeedCancel. */
            interface $Properties {

                /** FeedCancel ids */
                ids?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FeedCancel. */
            type $Shape = dits.messages.FeedCancel.$Properties;
        }
    }
}
